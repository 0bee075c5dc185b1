"""The shapes that everything else speaks in: documents, papers, layouts, policies and answers.

Imports only `errors`, `money` and `period`. Documents are plain dataclasses (text and places); what qippctl prints or
stores is a frozen pydantic model whose field descriptions are the data dictionary and the JSON Schema.
"""
