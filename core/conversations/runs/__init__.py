"""The turns of the model, each a row: begun before it is asked, ended with what it took and cost."""
