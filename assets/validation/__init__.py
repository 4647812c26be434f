"""An LA's own file, judged before it is sent: no warehouse, no configuration, and the LA's own ids in the answer."""
