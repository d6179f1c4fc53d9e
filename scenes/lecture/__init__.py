"""A lecture file (YAML) becomes a typed, frozen Lecture; every fault in it names its place and its mend.

Nothing is imported here, so that `scenes.lecture.model` costs no YAML reader and no validator.

    read     the file -> Lecture, or a LectureError that lists every fault
    model    the frozen types
    study    Lecture -> problem, trajectories, analyses
    shipped  the lectures that come with the package
    starter  the text of a first lecture
"""
