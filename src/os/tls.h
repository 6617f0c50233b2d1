/* A tls is one connection's encryption, server side, over a socket that never blocks (TLS 1.2 and 1.3, RFC 8446).
 *
 * A tls_context is the certificate, the key and the rules, one for all connections: made by the parent from bytes,
 * inherited by the role that meets the network, which opens no file. An idle tls holds no record buffers.
 * Owns neither socket nor context; the context outlives every tls made from it. */
#ifndef OS_TLS_H
#define OS_TLS_H

#include "base/buf.h"
#include "base/dates.h"

struct tls_context;
struct tls;

enum { TLS_NAMES_MAX = 100, TLS_PEM_MAX = 64 << 10 };

/* From PEM text: the certificate first, then its chain. INVALID: not PEM, or key and certificate do not belong
 * together; *ret_refusal is a constant sentence then. */
MUST_USE enum status tls_context_create(struct str certificate, struct str key, struct tls_context **ret_context,
                                        const char **ret_refusal);
void tls_context_destroy(struct tls_context *context); /* NULL accepted; wipes the key */

/* A new key (EC P-256) and a certificate signed by itself for these DNS names, from `now` for `days`: for a desk,
 * until the operator brings a real one. At most TLS_NAMES_MAX names. */
MUST_USE enum status tls_self_signed(const struct str *names, size_t name_count, struct instant now, int days,
                                     struct buf *certificate, struct buf *key);

/* Whether a certificate is signed by itself, and whether it is good for all these names and past `now`. INVALID: no
 * certificate. */
struct tls_facts {
    bool is_self_signed, is_good;
};
MUST_USE enum status tls_look(struct str certificate, const struct str *names, size_t name_count, struct instant now,
                              struct tls_facts *ret_facts);

/* The server side of a handshake yet to come. */
MUST_USE enum status tls_create(struct tls_context *context, int fd, struct tls **ret_tls);
void tls_destroy(struct tls *tls); /* NULL accepted */

/* Each call: OK; BUSY: again when tls_waits_to_write (or else read) says the socket is ready; GONE: the peer ended it
 * or broke the protocol. Bytes moved are at least 1 on OK. `fresh` bytes to write may move between two tries. */
MUST_USE enum status tls_handshake(struct tls *tls);
MUST_USE enum status tls_read(struct tls *tls, void *into, size_t size, size_t *ret_got);
MUST_USE enum status tls_write(struct tls *tls, struct str bytes, size_t *ret_written);
/* Which readiness the last BUSY waits for. */
bool tls_waits_to_write(const struct tls *tls);

/* Says that nothing more comes (close_notify), as far as the socket takes it now. */
void tls_end(struct tls *tls);

#endif
