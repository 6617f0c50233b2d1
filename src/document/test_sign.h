/* A key of the moment with its certificate, for tests: valid in 2026 alone. */
#ifndef DOCUMENT_TEST_SIGN_H
#define DOCUMENT_TEST_SIGN_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <openssl/evp.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>

#include "document/sign.h"

#define TEST_PASSWORD "a password of a test"

/* 2 March 2026, 10 o'clock; the last moment of the certificate is that of the year. */
static const struct instant test_sign_now = {INT64_C(1772445600000)};

static inline X509 *test_certificate(EVP_PKEY *key)
{
    X509 *certificate = X509_new();
    assert_non_null(certificate);
    X509_NAME *name = X509_get_subject_name(certificate);
    assert_int_equal(X509_set_version(certificate, 2), 1);
    assert_int_equal(ASN1_INTEGER_set(X509_get_serialNumber(certificate), 4711), 1);
    assert_int_equal(ASN1_TIME_set_string(X509_getm_notBefore(certificate), "20260101000000Z"), 1);
    assert_int_equal(ASN1_TIME_set_string(X509_getm_notAfter(certificate), "20261231235959Z"), 1);
    const unsigned char *town = (const unsigned char *)"Mairie <\xC3\xA9t\xC3\xA9> & co";
    const unsigned char *office = (const unsigned char *)"Finances";
    assert_int_equal(X509_NAME_add_entry_by_txt(name, "O", MBSTRING_UTF8, town, -1, -1, 0), 1);
    assert_int_equal(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, office, -1, -1, 0), 1);
    assert_int_equal(X509_set_issuer_name(certificate, name), 1);
    assert_int_equal(X509_set_pubkey(certificate, key), 1);
    assert_true(X509_sign(certificate, key, EVP_sha256()) > 0);
    return certificate;
}

/* The PKCS#12 file; the certificate as DER goes to `der_file` where it is a file's name. */
static inline void test_key_file(struct buf *ret_file, size_t bits, const char *der_file)
{
    EVP_PKEY *key = EVP_RSA_gen(bits);
    assert_non_null(key);
    X509 *certificate = test_certificate(key);
    PKCS12 *file = PKCS12_create(TEST_PASSWORD, "test", key, certificate, NULL, 0, 0, 0, 0, 0);
    assert_non_null(file);
    unsigned char *der = NULL;
    int length = i2d_PKCS12(file, &der);
    assert_true(length > 0);
    buf_add(ret_file, (struct str){(const char *)der, (size_t)length});
    OPENSSL_free(der);
    if (der_file != NULL) {
        BIO *into = BIO_new_file(der_file, "w");
        assert_non_null(into);
        assert_int_equal(i2d_X509_bio(into, certificate), 1);
        BIO_free(into);
    }
    PKCS12_free(file);
    X509_free(certificate);
    EVP_PKEY_free(key);
}

static inline struct sign_key *test_key(const char *der_file)
{
    struct buf file BUF_SCOPE = BUF_INIT(SIGN_KEY_FILE_MAX);
    struct sign_key *key = NULL;
    test_key_file(&file, SIGN_KEY_BITS_MIN, der_file);
    assert_int_equal(sign_key_open(buf_str(&file), STR(TEST_PASSWORD), &key), OK);
    return key;
}

#endif
