"""Who runs tasks: workers side by side in processes of their own."""
