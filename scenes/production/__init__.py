"""From a lecture to files: plan the jobs, run each in processes of its own, prove the result, move it into
place.

`options` says what is wanted, `plan` turns lectures into jobs (pure data), `produce` runs them through the
`executor` (whose worker processes come from the `nursery`), `work` is what a worker does, and `probe`,
`publish`, `manifest` and `scratch` keep the promise that an output is the old good file or the complete new
one.
"""
