/* NOOP, CHECK, IDLE, ENABLE, NAMESPACE. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "service/mail/imap/session.h"

enum status imap_noop(struct imap_call *call)
{
    return call->command->count == 0 ? OK : imap_call_bad(call, "NOOP takes no arguments");
}

enum status imap_check(struct imap_call *call)
{
    return call->command->count == 0 ? OK : imap_call_bad(call, "CHECK takes no arguments");
}

/* RFC 2177: from here on what changes is told at once, until DONE. */
enum status imap_idle(struct imap_call *call)
{
    struct imap_session *session = call->session;
    if (call->command->count > 0)
        return imap_call_bad(call, "IDLE takes no arguments");
    free(session->idle_tag);
    session->idle_tag = strndup(call->command->tag.at, call->command->tag.len);
    REQUIRE(session->idle_tag != NULL);
    TRY(imap_sync(call->ctx, session, true, call->out));
    buf_add_literal(call->out, "+ idling\r\n");
    session->is_idle = true;
    call->is_left = true;
    return OK;
}

enum status imap_done(struct imap_call *call)
{
    struct imap_session *session = call->session;
    if (!session->is_idle || session->idle_tag == NULL)
        return imap_call_bad(call, "Nothing to be done with");
    session->is_idle = false;
    TRY(imap_sync(call->ctx, session, true, call->out));
    buf_add_format(call->out, "%s OK IDLE completed\r\n", session->idle_tag);
    free(session->idle_tag);
    session->idle_tag = NULL;
    call->is_left = true; /* the tagged line was IDLE's */
    return OK;
}

/* RFC 5161: what is not known is passed over. */
enum status imap_enable(struct imap_call *call)
{
    static const struct {
        struct str word;
        unsigned bits;
    } words[] = {{STR_INIT("CONDSTORE"), IMAP_CONDSTORE},
                 {STR_INIT("QRESYNC"), IMAP_CONDSTORE | IMAP_QRESYNC},
                 {STR_INIT("IMAP4rev2"), IMAP_REV2},
                 {STR_INIT("UTF8=ACCEPT"), IMAP_UTF8}};
    struct imap_session *session = call->session;
    if (call->command->count == 0)
        return imap_call_bad(call, "ENABLE names capabilities");
    buf_add_literal(call->out, "* ENABLED");
    for (size_t i = 0; i < call->command->count; i++)
        for (size_t j = 0; j < sizeof words / sizeof words[0]; j++) {
            if (!imap_arg_is(&call->command->args[i], words[j].word))
                continue;
            if ((session->enabled & words[j].bits) != words[j].bits)
                buf_add_format(call->out, " %.*s", STR_ARG(words[j].word));
            session->enabled |= words[j].bits;
        }
    buf_add_literal(call->out, "\r\n");
    return OK;
}

enum status imap_namespace(struct imap_call *call)
{
    if (call->command->count > 0)
        return imap_call_bad(call, "NAMESPACE takes no arguments");
    buf_add_literal(call->out, "* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n");
    return OK;
}
