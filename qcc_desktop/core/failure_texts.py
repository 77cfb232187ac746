"""What failed, and what is wrong with what was typed, for translation (context ``Failure``).

The sentences of `core.classification`, of the tests of endpoints and of `core.endpoint`; the
inner rooms write them in place, and `core.sentences` finds the template again. A status in
brackets or at the end is a placeholder, so one entry serves every status.
"""

from qcc_desktop.core.text import QT_TRANSLATE_NOOP

FAILURES = (
    QT_TRANSLATE_NOOP("Failure", "A firewall in front of the endpoint refused us."),
    QT_TRANSLATE_NOOP(
        "Failure", "A server in front of the endpoint takes no request of this size."
    ),
    QT_TRANSLATE_NOOP("Failure", "All connections to the endpoint are in use."),
    QT_TRANSLATE_NOOP("Failure", "The account of this endpoint has no balance left."),
    QT_TRANSLATE_NOOP("Failure", "The base URL answers with status {status}."),
    QT_TRANSLATE_NOOP("Failure", "The base URL is not that of an API."),
    QT_TRANSLATE_NOOP("Failure", "The base URL needs https."),
    QT_TRANSLATE_NOOP("Failure", "The client ended the request."),
    QT_TRANSLATE_NOOP(
        "Failure", "The conversation holds thinking blocks that this endpoint did not write."
    ),
    QT_TRANSLATE_NOOP("Failure", "The conversation is too long for the model."),
    QT_TRANSLATE_NOOP(
        "Failure", "The endpoint answered, but did not repeat the code word it was asked for."
    ),
    QT_TRANSLATE_NOOP("Failure", "The endpoint answered with a web page."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint answered with status {status}."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint asks to try again."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint broke off in the middle of its answer."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint calls the request invalid."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint cannot be reached."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint closed the connection without an answer."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint did not accept a connection in time."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint did not begin to answer in time."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint does not offer the model."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint does not serve this path."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint does not support a feature of the request."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint failed in a way we do not know."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint forbids the use of this key ({status})."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint had closed a kept-alive connection."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint has an internal fault ({status})."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint has an internal fault."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint is overloaded."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint limits the request rate and names no time."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint limits the request rate."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint refused the connection."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint refused the key ({status})."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint refused the key."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint reset the connection."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint sent no content in time."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint sent oversized response headers."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint sent something that is not HTTP."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint stopped reading the request."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint's answer ended before it began."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint's answer ended too early."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint's answer has no content."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint's answer is compressed wrongly."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint's answer is no message."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint's answer stalled."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint's certificate is not trusted."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint's host name cannot be resolved."),
    QT_TRANSLATE_NOOP("Failure", "The key may not be used for this."),
    QT_TRANSLATE_NOOP("Failure", "The network asks for a log-in page."),
    QT_TRANSLATE_NOOP("Failure", "The network proxy asks for a user name and password."),
    QT_TRANSLATE_NOOP("Failure", "The network proxy does not forward the request."),
    QT_TRANSLATE_NOOP("Failure", "The plan of this endpoint has to be paid."),
    QT_TRANSLATE_NOOP("Failure", "The request is larger than the API takes."),
    QT_TRANSLATE_NOOP("Failure", "The usage limit of the plan is reached."),
    QT_TRANSLATE_NOOP("Failure", "There is no network route to the endpoint."),
    QT_TRANSLATE_NOOP("Failure", "This computer has no connection or file to spare."),
    QT_TRANSLATE_NOOP("Failure", "This computer is offline."),
    QT_TRANSLATE_NOOP("Failure", "This computer is out of files, ports or memory."),
)
"""Of failures."""

FAULTS = (
    QT_TRANSLATE_NOOP("Failure", "The endpoint needs a name."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint's name is longer than 100 characters."),
    QT_TRANSLATE_NOOP("Failure", "The endpoint's name holds a line break or a control character."),
    QT_TRANSLATE_NOOP(
        "Failure",
        "The base URL is malformed.",
    ),
    QT_TRANSLATE_NOOP(
        "Failure",
        "The base URL must begin with http:// or https://.",
    ),
    QT_TRANSLATE_NOOP("Failure", "The base URL holds a password. Give the key separately."),
    QT_TRANSLATE_NOOP(
        "Failure",
        "The base URL holds blanks.",
    ),
    QT_TRANSLATE_NOOP(
        "Failure",
        "The base URL holds a query or a fragment.",
    ),
    QT_TRANSLATE_NOOP("Failure", "The weight must lie between 1 and 1000."),
    QT_TRANSLATE_NOOP(
        "Failure", "The priority must lie between 1 and 10000; smaller is asked first."
    ),
    QT_TRANSLATE_NOOP(
        "Failure", "The proxy must look like http://host:port or socks5://host:port."
    ),
    QT_TRANSLATE_NOOP(
        "Failure",
        "The key holds blanks or characters that no header may carry. Copy it again.",
    ),
    QT_TRANSLATE_NOOP("Failure", "The key is too long for a header. Copy it again."),
    QT_TRANSLATE_NOOP("Failure", "The proxy is not running."),
    QT_TRANSLATE_NOOP("Failure", "Start it with 'qcc-desktop' or 'qcc-desktop serve'."),
    QT_TRANSLATE_NOOP("Failure", "This endpoint does not exist any more. Look at the list again."),
    QT_TRANSLATE_NOOP("Failure", "This session is not known any more."),
    QT_TRANSLATE_NOOP("Failure", "It appears again with its next request."),
    QT_TRANSLATE_NOOP("Failure", "This endpoint is switched off."),
    QT_TRANSLATE_NOOP("Failure", "Switch it on first, or choose another one."),
    QT_TRANSLATE_NOOP("Failure", "The file could not be saved."),
)
"""Sentences of `core.endpoint` and of the services about what was typed or wished."""

FAILURE_TEXTS = (*FAILURES, *FAULTS)
