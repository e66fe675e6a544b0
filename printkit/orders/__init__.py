"""The order book: committees order print, staff approves it, a batch makes it byte for byte.

What pages and commands call, each with plain arguments, a frozen dataclass back, `OrderRefused` (exit code 8)
where a rule says no:

| module | functions |
|---|---|
| `book` | `open_book` -> `Book`, which all others take first |
| `persons` | `add_person`, `change_seats`, `leave`, `find_person`, `list_persons` |
| `signing` | `ask_link`, `make_link`, `link_is_good`, `sign_in`, `sign_in_by_email`, `who_is`, `sign_out` |
| `rights` | `may`, `demand`, `RIGHTS` |
| `releases` | `freeze`, `retire`, `list_releases`, `current`, `frozen` (workspace, profiles, template) |
| `changing` | `new_order`, `edit`, `set_beside`, `submit`, `withdraw`, `reorder`, `complain` |
| `checking` | `check`, `check_slots`, `price`, `request` (what a preview binds) |
| `proving` | `make_proof`, `proof_folder` |
| `deciding` | `approve_content`, `approve_money`, `give_back`, `reject` |
| `producing` | `release`, `cancel`, `ship`, `deliver`, `close`, `slips_of`, `confirm` |
| `working`, `beating` | `work`; `beat`, `last_beat` |
| `reading` | `get`, `list_orders`, `count_states`, `history`, `revision_of`, `last_approved`, `proofs_of` |
| `money` | `grant`, `show`, `statement`, `adjust`, `carry_over` |
| `days`, `prices` | pure: `way`, `last_safe_day`, `cost_of`, `more` |
| `uploads`, `kits` | `keep_upload`, `read_upload`, `consents`; `kit_lines` |
| `plans` | `year_of`, `make_drafts` |
| `outbox`, `notices` | `due`, `send`; `sender_of` |
| `backup`, `verifying`, `tidying` | `back_up`, `restore`; `verify`; `tidy` |
| `export`, `filing` | `charges`, `archive`; `filed` |

A change names its order by `On(order, version, key)`: the version that the person has seen, so that of two
tabs the second is told; the key of a request, so that it is done once.
"""
