"""From a state's name to its files in the store: which are needed, where they are, what is new.

`registry` holds the agencies' addresses as data, `plan` says which files a state needs, `web` and
`mirror` bring them, `cache` keeps them, `lock` names their very bytes, `run` does it all, and
`changes` tells what moved.
"""
