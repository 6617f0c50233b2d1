/* What signatures need of OpenSSL: digests, RSA, and certificates. */
#ifndef DOCUMENT_SIGN_CRYPTO_H
#define DOCUMENT_SIGN_CRYPTO_H

#include <openssl/evp.h>
#include <openssl/x509.h>

#include "document/sign.h"

enum { SIGN_DIGEST_MAX = 64, SIGN_VALUE_MAX = 1024 /* bytes of RSA */ };

struct sign_key {
    EVP_PKEY *secret;
    X509 *certificate;
    void *engine; /* through which it is reached (sign_token.c); NULL: it is in memory */
};
/* Both are there and are of one another, strong enough and for signatures. */
bool sign_key_is_whole(const struct sign_key *key);
void sign_engine_free(void *engine); /* NULL is accepted */

#define SIGN_CERTIFICATE_SCOPE __attribute__((cleanup(sign_certificate_free)))
void sign_certificate_free(X509 **certificate);
/* Of DER. NULL: it is none. */
X509 *sign_certificate_read(struct str der);
void sign_certificate_write(struct buf *out, X509 *certificate);
/* Issuer (RFC 2253, ASCII) and serial number (decimal), as XML Signature names a certificate. */
void sign_certificate_name(struct buf *out, X509_NAME *name);
void sign_certificate_serial(struct buf *out, X509 *certificate);
void sign_certificate_validity(X509 *certificate, struct instant *ret_from, struct instant *ret_until);
bool sign_certificate_is_valid_at(X509 *certificate, struct instant instant);

/* By the address that XML Signature gives it; NULL: none that is believed. */
const EVP_MD *sign_digest_named(struct str address);
const EVP_MD *sign_method_named(struct str address);
/* Appends. */
void sign_digest(struct buf *out, const EVP_MD *digest, struct str bytes);
MUST_USE enum status sign_rsa(struct buf *out, EVP_PKEY *secret, const EVP_MD *digest, struct str bytes);
/* By the certificate's key; one below SIGN_KEY_BITS_MIN proves nothing. */
bool sign_rsa_is_right(X509 *certificate, const EVP_MD *digest, struct str bytes, struct str value);

#endif
