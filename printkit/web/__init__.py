"""The pages on which committees order print: forms over the order book, no rule of their own.

| module | what it holds |
|---|---|
| `routes` | the one table of addresses |
| `asking` | one request: who asks, in which language, what the form says |
| `guard` | who is answered at all: headers, origins, sizes |
| `signing`, `home`, `ordering`, `steps`, `money`, `staff`, `slips` | what answers |
| `drafts` | a form's fields as an order's content, and back |
| `previewing`, `pressing` | pictures of what is being ordered: the server's side, the worker's side |
| `serving` | uvicorn, health, the end |
| `demo` | an order book with invented orders |
"""
