#include "core/ticket.h"

#include <sodium.h>

#include "core/shape.h"

enum { MAC = crypto_auth_hmacsha256_BYTES, ADDRESS_MAX = 254, LANGUAGE_LEN_MAX = 8, TOKEN_MAX = 64 };
_Static_assert(TICKET_KEY_BYTES == crypto_auth_hmacsha256_KEYBYTES, "one key length");

/* What is sealed; a version so that an old ticket of another layout never opens. */
struct sealed {
    int64_t version, member, person, session, rights, expires_ms, mandate;
    struct str address, language, form_token;
};
enum { VERSION = 2 };

static const struct shape_field sealed_fields[] = {
    SHAPE_FIELD(sealed, version, SHAPE_INT, 0),
    SHAPE_FIELD(sealed, member, SHAPE_INT, 0),
    SHAPE_FIELD(sealed, person, SHAPE_INT, 0),
    SHAPE_FIELD(sealed, session, SHAPE_INT, 0),
    SHAPE_FIELD(sealed, rights, SHAPE_INT, 0),
    SHAPE_FIELD(sealed, expires_ms, SHAPE_INT, 0),
    SHAPE_FIELD(sealed, mandate, SHAPE_INT, 0),
    SHAPE_FIELD(sealed, address, SHAPE_TEXT, ADDRESS_MAX),
    SHAPE_FIELD(sealed, language, SHAPE_TEXT, LANGUAGE_LEN_MAX),
    SHAPE_FIELD(sealed, form_token, SHAPE_BYTES, TOKEN_MAX),
};
static const struct shape sealed_shape = SHAPE_OF(sealed, sealed_fields);

enum status ticket_seal(struct buf *out, const struct ticket *ticket, const unsigned char key[TICKET_KEY_BYTES])
{
    struct buf bytes BUF_SCOPE = BUF_INIT(TICKET_MAX - MAC);
    unsigned char mac[MAC];
    if (ticket->address.len > ADDRESS_MAX || ticket->form_token.len > TOKEN_MAX)
        return LIMIT;
    struct sealed sealed = {.version = VERSION,
                            .member = ticket->member,
                            .person = ticket->person,
                            .session = ticket->session,
                            .rights = (int64_t)ticket->rights,
                            .expires_ms = ticket->expires.ms,
                            .mandate = ticket->mandate,
                            .address = ticket->address,
                            .language = ticket->language.len <= LANGUAGE_LEN_MAX ? ticket->language : STR(""),
                            .form_token = ticket->form_token};
    shape_encode(&bytes, &sealed_shape, &sealed);
    TRY(buf_status(&bytes));
    crypto_auth_hmacsha256(mac, (const unsigned char *)bytes.at, bytes.len, key);
    buf_add(out, (struct str){(const char *)mac, MAC});
    buf_add(out, buf_str(&bytes));
    return buf_status(out);
}

static bool is_genuine(struct str mac, struct str bytes, const unsigned char key[TICKET_KEY_BYTES])
{
    return crypto_auth_hmacsha256_verify((const unsigned char *)mac.at, (const unsigned char *)bytes.at, bytes.len,
                                         key) == 0;
}

enum status ticket_read(struct str sealed_bytes, const unsigned char key[TICKET_KEY_BYTES], int64_t member,
                        struct ticket *ret_ticket)
{
    struct sealed sealed;
    if (sealed_bytes.len <= MAC || sealed_bytes.len > TICKET_MAX)
        return DENIED;
    struct str mac = str_slice(sealed_bytes, 0, MAC), bytes = str_after(sealed_bytes, MAC);
    if (!is_genuine(mac, bytes, key) || shape_decode(&sealed_shape, bytes, &sealed) != OK)
        return DENIED;
    if (sealed.version != VERSION || sealed.member != member)
        return DENIED;
    *ret_ticket = (struct ticket){.member = sealed.member,
                                  .person = sealed.person,
                                  .session = sealed.session,
                                  .rights = (permission_set)sealed.rights,
                                  .expires = {sealed.expires_ms},
                                  .address = sealed.address,
                                  .language = sealed.language,
                                  .form_token = sealed.form_token,
                                  .mandate = sealed.mandate};
    return OK;
}

enum status ticket_open(struct str sealed, const unsigned char key[TICKET_KEY_BYTES], int64_t member,
                        struct instant now, struct ticket *ret_ticket)
{
    struct ticket ticket;
    TRY(ticket_read(sealed, key, member, &ticket));
    /* A clock that was set back must not make a ticket live longer than one life. */
    if (now.ms >= ticket.expires.ms || ticket.expires.ms - now.ms > TICKET_LIFE_MS)
        return GONE;
    *ret_ticket = ticket;
    return OK;
}
