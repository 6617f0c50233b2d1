/* A sign is the signature of one element of an XML document, which stands in that element as its last child.
 *
 * Source: XML Signature 1.0 with an enveloped signature; ETSI XAdES 1.1.1 (SigningTime, SigningCertificate, an
 * implied policy), the form that files for the accountant were seen with; Exclusive XML Canonicalization 1.0; RSA
 * (PKCS#1 v1.5) over SHA-256, 384 or 512. Invariants: what is proven is the element around the signature and nothing
 * that an Id leads to elsewhere; every digest is looked at, and what cannot be is told apart from what is broken.
 * Whom a certificate belongs to, who gave it and whether it was taken back is not looked at: nothing here knows whom
 * to believe. The town's processes never hold a key: who signs is a command of its own, or another program. */
#ifndef DOCUMENT_SIGN_H
#define DOCUMENT_SIGN_H

#include "base/dates.h"
#include "document/xml.h"

#define SIGN_SPACE "http://www.w3.org/2000/09/xmldsig#"

enum {
    SIGN_KEY_BITS_MIN = 2048,
    SIGN_KEY_FILE_MAX = 1 << 20,
    SIGN_NAME_MAX = 200,
    SIGN_OUT_MAX = 64 << 10, /* one signature with its certificate */
};

struct sign_key;

/* Of a PKCS#12 file. DENIED: the password is another; INVALID: no such file, no RSA key of SIGN_KEY_BITS_MIN with its
 * certificate in it, or one that is not for signatures. */
MUST_USE enum status sign_key_open(struct str file, struct str password, struct sign_key **ret_key);
/* Of a card or module, named as RFC 7512 does ("pkcs11:token=...;object=..."), which signs itself: the key never comes
 * here. `module` is the library that drives it; absent: what p11-kit knows. NOT_FOUND: OpenSSL's engine for PKCS#11
 * (libengine-pkcs11-openssl) is not on this machine; DENIED: the PIN is another, or the certificate has no key there;
 * INVALID: no such module, no such certificate on it, or as above. */
MUST_USE enum status sign_key_on_token(struct str uri, struct str pin, struct str module, struct sign_key **ret_key);
void sign_key_destroy(struct sign_key **key); /* NULL is accepted */
#define SIGN_KEY_SCOPE __attribute__((cleanup(sign_key_destroy)))

/* Appends the signature of an element of xml_read_exact, which has an Id and no signature yet: its place is before the
 * end tag (element->end). INVALID: no Id, or the certificate was not valid then; LIMIT: it does not fit. */
MUST_USE enum status sign_write(struct buf *out, const struct xml *element, const struct sign_key *key,
                                struct instant now);

/* ---- looking at one ---- */

enum sign_state {
    SIGN_RIGHT,
    SIGN_BROKEN,  /* the element says something else than when it was signed */
    SIGN_FORGED,  /* the signature was not made by the certificate's key, or of another certificate */
    SIGN_OTHER,   /* it is of another element */
    SIGN_UNTIMELY, /* the certificate was not valid when it signed, as the signature says */
    SIGN_UNKNOWN, /* a form that is not looked at here: SHA-1, another canonical form, no time, a list of prefixes */
};

struct sign_seen {
    enum sign_state state;
    struct str about;  /* SIGN_OTHER: what it names; SIGN_UNKNOWN: what is not known (arena) */
    struct str signer; /* of the certificate, as RFC 2253 writes it; "" where none was read */
    struct instant signed_at, valid_from, valid_until; /* 0 where not read */
};

/* The signature, a child of the element, both of xml_read_exact; of the root it may also name the whole document ("").
 * LIMIT: there is too much to be looked at. */
MUST_USE enum status sign_check(struct arena *arena, const struct xml *element, bool is_root,
                                const struct xml *signature, struct sign_seen *ret_seen);

#endif
