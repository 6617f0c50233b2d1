#include "os/tls.h"

#include <limits.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <stdlib.h>

enum { SERIAL_BITS = 127, COMMON_NAME_MAX = 64 };

struct tls_context {
    SSL_CTX *ssl;
};

struct tls {
    SSL *ssl;
    bool waits_to_write;
};

/* ---- the context ---- */

/* TLS 1.2 stays for mail programs of the last years; its suites are those with forward secrecy and an AEAD. */
static bool set_rules(SSL_CTX *ssl)
{
    SSL_CTX_set_mode(ssl, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                              SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_options(ssl, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                 SSL_OP_PRIORITIZE_CHACHA | SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_session_cache_mode(ssl, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(ssl, 1);
    SSL_CTX_set_verify(ssl, SSL_VERIFY_NONE, NULL);
    return SSL_CTX_set_min_proto_version(ssl, TLS1_2_VERSION) == 1 &&
           SSL_CTX_set_cipher_list(ssl, "ECDHE+AESGCM:ECDHE+CHACHA20") == 1 &&
           SSL_CTX_set1_groups_list(ssl, "X25519:P-256:P-384") == 1;
}

static BIO *bio_of(struct str text)
{
    return text.len <= INT_MAX ? BIO_new_mem_buf(text.at, (int)text.len) : NULL;
}

/* A key under a passphrase is refused: nobody is there to type it. */
static int no_passphrase(char *into, int size, int is_writing, void *with)
{
    (void)into;
    (void)size;
    (void)is_writing;
    (void)with;
    return -1;
}

static bool use_chain(SSL_CTX *ssl, BIO *text)
{
    X509 *certificate = PEM_read_bio_X509(text, NULL, no_passphrase, NULL);
    bool is_used = certificate != NULL && SSL_CTX_use_certificate(ssl, certificate) == 1;
    X509_free(certificate);
    while (is_used && (certificate = PEM_read_bio_X509(text, NULL, no_passphrase, NULL)) != NULL)
        is_used = SSL_CTX_add0_chain_cert(ssl, certificate) == 1;
    return is_used;
}

static bool use_certificate(SSL_CTX *ssl, struct str text)
{
    BIO *bio = bio_of(text);
    bool is_used = bio != NULL && use_chain(ssl, bio);
    BIO_free(bio);
    return is_used;
}

static bool use_key(SSL_CTX *ssl, struct str text)
{
    BIO *bio = bio_of(text);
    EVP_PKEY *key = bio != NULL ? PEM_read_bio_PrivateKey(bio, NULL, no_passphrase, NULL) : NULL;
    bool is_used = key != NULL && SSL_CTX_use_PrivateKey(ssl, key) == 1;
    EVP_PKEY_free(key);
    BIO_free(bio);
    return is_used;
}

static const char *fill(SSL_CTX *ssl, struct str certificate, struct str key)
{
    if (!set_rules(ssl))
        return "this OpenSSL lacks what parvis asks of it";
    if (!use_certificate(ssl, certificate))
        return "the certificate cannot be read (PEM is expected)";
    if (!use_key(ssl, key))
        return "the key cannot be read, or is not the certificate's (PEM without passphrase is expected)";
    return SSL_CTX_check_private_key(ssl) == 1 ? NULL : "the key is not the certificate's";
}

enum status tls_context_create(struct str certificate, struct str key, struct tls_context **ret_context,
                               const char **ret_refusal)
{
    SSL_CTX *ssl = SSL_CTX_new(TLS_server_method());
    REQUIRE(ssl != NULL);
    const char *refusal = fill(ssl, certificate, key);
    ERR_clear_error();
    if (refusal != NULL) {
        SSL_CTX_free(ssl);
        *ret_refusal = refusal;
        return INVALID;
    }
    struct tls_context *context = malloc(sizeof *context);
    REQUIRE(context != NULL);
    *context = (struct tls_context){ssl};
    *ret_context = context;
    return OK;
}

void tls_context_destroy(struct tls_context *context)
{
    if (context == NULL)
        return;
    SSL_CTX_free(context->ssl);
    free(context);
}

/* ---- a certificate of one's own ---- */

static bool set_serial(X509 *certificate)
{
    BIGNUM *serial = BN_new();
    bool is_set = serial != NULL && BN_rand(serial, SERIAL_BITS, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1 &&
                  BN_to_ASN1_INTEGER(serial, X509_get_serialNumber(certificate)) != NULL;
    BN_free(serial);
    return is_set;
}

static bool add_extension(X509 *certificate, int nid, const char *value)
{
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, NULL, nid, value);
    bool is_added = extension != NULL && X509_add_ext(certificate, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return is_added;
}

/* Built as a value and not as "DNS:a,DNS:b" text, so that no name can carry another. */
static bool add_name(GENERAL_NAMES *list, struct str name)
{
    GENERAL_NAME *general = GENERAL_NAME_new();
    ASN1_IA5STRING *text = ASN1_IA5STRING_new();
    REQUIRE(general != NULL && text != NULL && name.len <= INT_MAX);
    REQUIRE(ASN1_STRING_set(text, name.at, (int)name.len) == 1);
    GENERAL_NAME_set0_value(general, GEN_DNS, text);
    return sk_GENERAL_NAME_push(list, general) > 0;
}

static bool add_names(X509 *certificate, const struct str *names, size_t name_count)
{
    GENERAL_NAMES *list = sk_GENERAL_NAME_new_null();
    bool is_added = list != NULL;
    for (size_t i = 0; is_added && i < name_count; i++)
        is_added = add_name(list, names[i]);
    is_added = is_added && X509_add1_ext_i2d(certificate, NID_subject_alt_name, list, 0, X509V3_ADD_DEFAULT) == 1;
    GENERAL_NAMES_free(list);
    return is_added;
}

/* The subject repeats the first name; who reads certificates today looks at the alternative names alone. */
static bool set_subject(X509 *certificate, struct str name)
{
    X509_NAME *subject = X509_get_subject_name(certificate);
    struct str shown = name.len <= COMMON_NAME_MAX ? name : STR("localhost");
    return X509_NAME_add_entry_by_NID(subject, NID_commonName, MBSTRING_UTF8, (const unsigned char *)shown.at,
                                      (int)shown.len, -1, 0) == 1 &&
           X509_set_issuer_name(certificate, subject) == 1;
}

/* An hour back, for clocks that differ. */
static bool set_times(X509 *certificate, struct instant now, int days)
{
    time_t from = (time_t)(now.ms / 1000) - 3600;
    return X509_time_adj_ex(X509_getm_notBefore(certificate), 0, 0, &from) != NULL &&
           X509_time_adj_ex(X509_getm_notAfter(certificate), days, 0, &from) != NULL;
}

static bool sign(X509 *certificate, EVP_PKEY *key)
{
    return X509_set_pubkey(certificate, key) == 1 &&
           add_extension(certificate, NID_basic_constraints, "critical,CA:FALSE") &&
           add_extension(certificate, NID_key_usage, "critical,digitalSignature") &&
           add_extension(certificate, NID_ext_key_usage, "serverAuth") &&
           X509_sign(certificate, key, EVP_sha256()) > 0;
}

static void take_text(struct buf *out, BIO *bio)
{
    char *at;
    long size = BIO_get_mem_data(bio, &at);
    buf_add(out, (struct str){at, size > 0 ? (size_t)size : 0});
}

static bool write_pem(X509 *certificate, EVP_PKEY *key, struct buf *certificate_out, struct buf *key_out)
{
    BIO *one = BIO_new(BIO_s_mem()), *two = BIO_new(BIO_s_secmem());
    bool is_written = one != NULL && two != NULL && PEM_write_bio_X509(one, certificate) == 1 &&
                      PEM_write_bio_PrivateKey(two, key, NULL, NULL, 0, NULL, NULL) == 1;
    if (is_written) {
        take_text(certificate_out, one);
        take_text(key_out, two);
    }
    BIO_free(one);
    BIO_free(two);
    return is_written;
}

enum status tls_self_signed(const struct str *names, size_t name_count, struct instant now, int days,
                            struct buf *certificate, struct buf *key)
{
    if (name_count == 0 || name_count > TLS_NAMES_MAX)
        return LIMIT;
    EVP_PKEY *pair = EVP_EC_gen("P-256");
    X509 *made = X509_new();
    bool is_made = pair != NULL && made != NULL && X509_set_version(made, X509_VERSION_3) == 1 && set_serial(made) &&
                   set_times(made, now, days) && set_subject(made, names[0]) && add_names(made, names, name_count) &&
                   sign(made, pair) && write_pem(made, pair, certificate, key);
    X509_free(made);
    EVP_PKEY_free(pair);
    ERR_clear_error();
    if (!is_made)
        return OUTSIDE;
    return buf_status(certificate) == OK ? buf_status(key) : LIMIT;
}

static bool is_good_for(X509 *certificate, const struct str *names, size_t name_count, struct instant now)
{
    time_t at = (time_t)(now.ms / 1000);
    bool is_good = X509_cmp_time(X509_get0_notAfter(certificate), &at) > 0;
    for (size_t i = 0; is_good && i < name_count; i++)
        is_good = X509_check_host(certificate, names[i].at, names[i].len, 0, NULL) == 1;
    return is_good;
}

enum status tls_look(struct str certificate, const struct str *names, size_t name_count, struct instant now,
                     struct tls_facts *ret_facts)
{
    BIO *bio = bio_of(certificate);
    X509 *read = bio != NULL ? PEM_read_bio_X509(bio, NULL, no_passphrase, NULL) : NULL;
    BIO_free(bio);
    if (read != NULL)
        *ret_facts = (struct tls_facts){
            .is_self_signed = X509_NAME_cmp(X509_get_subject_name(read), X509_get_issuer_name(read)) == 0,
            .is_good = is_good_for(read, names, name_count, now)};
    X509_free(read);
    ERR_clear_error();
    return read != NULL ? OK : INVALID;
}

/* ---- a connection ---- */

enum status tls_create(struct tls_context *context, int fd, struct tls **ret_tls)
{
    SSL *ssl = SSL_new(context->ssl);
    if (ssl == NULL || SSL_set_fd(ssl, fd) != 1) {
        SSL_free(ssl);
        ERR_clear_error();
        return OUTSIDE;
    }
    SSL_set_accept_state(ssl);
    struct tls *tls = malloc(sizeof *tls);
    REQUIRE(tls != NULL);
    *tls = (struct tls){.ssl = ssl};
    *ret_tls = tls;
    return OK;
}

void tls_destroy(struct tls *tls)
{
    if (tls == NULL)
        return;
    SSL_free(tls->ssl);
    free(tls);
}

/* The error queue is the thread's and not the connection's: emptied before each call, or a neighbour's error is ours.
 * */
static enum status outcome(struct tls *tls, int result)
{
    int error = SSL_get_error(tls->ssl, result);
    ERR_clear_error();
    tls->waits_to_write = error == SSL_ERROR_WANT_WRITE;
    return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ? BUSY : GONE;
}

enum status tls_handshake(struct tls *tls)
{
    ERR_clear_error();
    int result = SSL_do_handshake(tls->ssl);
    return result == 1 ? OK : outcome(tls, result);
}

enum status tls_read(struct tls *tls, void *into, size_t size, size_t *ret_got)
{
    ERR_clear_error();
    int result = SSL_read_ex(tls->ssl, into, size, ret_got);
    return result == 1 ? OK : outcome(tls, result);
}

enum status tls_write(struct tls *tls, struct str bytes, size_t *ret_written)
{
    ERR_clear_error();
    int result = SSL_write_ex(tls->ssl, bytes.at, bytes.len, ret_written);
    return result == 1 ? OK : outcome(tls, result);
}

bool tls_waits_to_write(const struct tls *tls)
{
    return tls->waits_to_write;
}

void tls_end(struct tls *tls)
{
    ERR_clear_error();
    SSL_shutdown(tls->ssl);
    ERR_clear_error();
}
