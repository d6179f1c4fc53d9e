"""From a lecture to files: plan the jobs, do each in processes of its own, prove the result, move it into place.

`options` says what is wanted. Each format in `outputs` is a kind of `job`: it plans itself, says which tasks make it,
and proves its file. `produce` gives the tasks to an executor (`executors`), and what `place` holds keeps the promise
that an output is the old good file or the complete new one.
"""
