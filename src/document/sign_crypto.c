#include "document/sign_crypto.h"

#include <openssl/pkcs12.h>
#include <openssl/x509v3.h>
#include <stdlib.h>

enum { MS = 1000, SECONDS_OF_DAY = 86400 };

/* ---- keys ---- */

/* A certificate without a list of uses is for any; one with a list has to say signatures, or what cannot be denied. */
static bool is_for_signatures(X509 *certificate)
{
    return (X509_get_key_usage(certificate) & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) != 0;
}

static bool is_strong(EVP_PKEY *key)
{
    return key != NULL && EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA && EVP_PKEY_get_bits(key) >= SIGN_KEY_BITS_MIN;
}

bool sign_key_is_whole(const struct sign_key *key)
{
    return key->certificate != NULL && is_strong(key->secret) && is_for_signatures(key->certificate) &&
           X509_check_private_key(key->certificate, key->secret) == 1;
}

static enum status open_file(PKCS12 *file, const char *password, struct sign_key *key)
{
    if (PKCS12_verify_mac(file, password, -1) != 1)
        return DENIED;
    if (PKCS12_parse(file, password, &key->secret, &key->certificate, NULL) != 1)
        return INVALID;
    return sign_key_is_whole(key) ? OK : INVALID;
}

enum status sign_key_open(struct str file, struct str password, struct sign_key **ret_key)
{
    enum { PASSWORD_MAX = 1024 };
    char secret[PASSWORD_MAX + 1];
    const unsigned char *at = (const unsigned char *)file.at;
    if (file.len > SIGN_KEY_FILE_MAX || password.len > PASSWORD_MAX || memchr(password.at, 0, password.len) != NULL)
        return INVALID;
    PKCS12 *read = d2i_PKCS12(NULL, &at, (long)file.len);
    if (read == NULL)
        return INVALID;
    struct sign_key *key = calloc(1, sizeof *key);
    REQUIRE(key != NULL);
    memcpy(secret, password.at, password.len);
    secret[password.len] = 0;
    enum status done = open_file(read, secret, key);
    OPENSSL_cleanse(secret, sizeof secret);
    PKCS12_free(read);
    if (done != OK)
        sign_key_destroy(&key);
    else
        *ret_key = key;
    return done;
}

void sign_key_destroy(struct sign_key **key)
{
    if (*key == NULL)
        return;
    EVP_PKEY_free((*key)->secret);
    X509_free((*key)->certificate);
    sign_engine_free((*key)->engine);
    free(*key);
    *key = NULL;
}

/* ---- certificates ---- */

void sign_certificate_free(X509 **certificate)
{
    X509_free(*certificate);
    *certificate = NULL;
}

X509 *sign_certificate_read(struct str der)
{
    const unsigned char *at = (const unsigned char *)der.at, *end = at + der.len;
    X509 *certificate = der.len > SIGN_OUT_MAX ? NULL : d2i_X509(NULL, &at, (long)der.len);
    if (certificate != NULL && at != end)
        sign_certificate_free(&certificate);
    return certificate;
}

void sign_certificate_write(struct buf *out, X509 *certificate)
{
    unsigned char *der = NULL;
    int length = i2d_X509(certificate, &der);
    REQUIRE(length > 0);
    buf_add(out, (struct str){(const char *)der, (size_t)length});
    OPENSSL_free(der);
}

void sign_certificate_name(struct buf *out, X509_NAME *name)
{
    BIO *memory = BIO_new(BIO_s_mem());
    char *at = NULL;
    REQUIRE(memory != NULL);
    (void)X509_NAME_print_ex(memory, name, 0, XN_FLAG_RFC2253);
    long length = BIO_get_mem_data(memory, &at);
    if (length > 0)
        buf_add(out, (struct str){at, (size_t)length});
    BIO_free(memory);
}

void sign_certificate_serial(struct buf *out, X509 *certificate)
{
    BIGNUM *number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), NULL);
    char *figures = number == NULL ? NULL : BN_bn2dec(number);
    REQUIRE(figures != NULL);
    buf_add_c(out, figures);
    OPENSSL_free(figures);
    BN_free(number);
}

/* ---- times ---- */

static struct instant instant_of(const ASN1_TIME *time)
{
    int days = 0, seconds = 0;
    ASN1_TIME *begin = ASN1_TIME_set(NULL, 0);
    REQUIRE(begin != NULL);
    if (ASN1_TIME_diff(&days, &seconds, begin, time) != 1)
        days = seconds = 0;
    ASN1_TIME_free(begin);
    return (struct instant){((int64_t)days * SECONDS_OF_DAY + seconds) * MS};
}

void sign_certificate_validity(X509 *certificate, struct instant *ret_from, struct instant *ret_until)
{
    *ret_from = instant_of(X509_get0_notBefore(certificate));
    *ret_until = instant_of(X509_get0_notAfter(certificate));
}

bool sign_certificate_is_valid_at(X509 *certificate, struct instant instant)
{
    struct instant from, until;
    sign_certificate_validity(certificate, &from, &until);
    return instant.ms >= from.ms && instant.ms <= until.ms;
}

/* ---- digests and RSA ---- */

/* SHA-1 is not among them: who signs may have chosen among texts of one digest. */
static const struct {
    struct str digest, method;
    const EVP_MD *(*is)(void);
} algorithms[] = {{STR_INIT("http://www.w3.org/2001/04/xmlenc#sha256"),
                   STR_INIT("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"), EVP_sha256},
                  {STR_INIT("http://www.w3.org/2001/04/xmldsig-more#sha384"),
                   STR_INIT("http://www.w3.org/2001/04/xmldsig-more#rsa-sha384"), EVP_sha384},
                  {STR_INIT("http://www.w3.org/2001/04/xmlenc#sha512"),
                   STR_INIT("http://www.w3.org/2001/04/xmldsig-more#rsa-sha512"), EVP_sha512}};

const EVP_MD *sign_digest_named(struct str address)
{
    for (size_t i = 0; i < sizeof algorithms / sizeof *algorithms; i++)
        if (str_eq(address, algorithms[i].digest))
            return algorithms[i].is();
    return NULL;
}

const EVP_MD *sign_method_named(struct str address)
{
    for (size_t i = 0; i < sizeof algorithms / sizeof *algorithms; i++)
        if (str_eq(address, algorithms[i].method))
            return algorithms[i].is();
    return NULL;
}

void sign_digest(struct buf *out, const EVP_MD *digest, struct str bytes)
{
    unsigned char value[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    REQUIRE(EVP_Digest(bytes.at, bytes.len, value, &length, digest, NULL) == 1);
    buf_add(out, (struct str){(const char *)value, length});
}

enum status sign_rsa(struct buf *out, EVP_PKEY *secret, const EVP_MD *digest, struct str bytes)
{
    size_t length = (size_t)EVP_PKEY_get_size(secret);
    char *room = buf_reserve(out, length);
    EVP_MD_CTX *work = EVP_MD_CTX_new();
    REQUIRE(work != NULL);
    bool is_done = room != NULL && EVP_DigestSignInit(work, NULL, digest, NULL, secret) == 1 &&
                   EVP_DigestSign(work, (unsigned char *)room, &length, (const unsigned char *)bytes.at,
                                  bytes.len) == 1;
    EVP_MD_CTX_free(work);
    if (is_done)
        buf_grew(out, length);
    return is_done ? OK : room == NULL ? LIMIT : OUTSIDE;
}

bool sign_rsa_is_right(X509 *certificate, const EVP_MD *digest, struct str bytes, struct str value)
{
    EVP_PKEY *key = X509_get0_pubkey(certificate);
    EVP_MD_CTX *work = EVP_MD_CTX_new();
    REQUIRE(work != NULL);
    bool is_right = is_strong(key) && EVP_DigestVerifyInit(work, NULL, digest, NULL, key) == 1 &&
                    EVP_DigestVerify(work, (const unsigned char *)value.at, value.len,
                                     (const unsigned char *)bytes.at, bytes.len) == 1;
    EVP_MD_CTX_free(work);
    return is_right;
}
