"""What every domain's writes share: the facts they are judged by, and the proof behind which they run."""
