#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>

#include "os/clock.h"
#include "os/tls.h"

static const struct str names[] = {STR_INIT("localhost"), STR_INIT("beauval.localhost"), STR_INIT("beauval.example")};

struct pair {
    struct tls_context *context;
    struct tls *server;
    SSL_CTX *client_context;
    SSL *client;
    int ends[2];
    struct buf certificate, key;
};

static void make_context(struct pair *pair)
{
    const char *refusal = NULL;
    pair->certificate = pair->key = BUF_INIT(TLS_PEM_MAX);
    assert_int_equal(tls_self_signed(names, 3, clock_now(), 30, &pair->certificate, &pair->key), OK);
    assert_int_equal(
        tls_context_create(buf_str(&pair->certificate), buf_str(&pair->key), &pair->context, &refusal), OK);
}

static void trust(struct pair *pair)
{
    BIO *bio = BIO_new_mem_buf(pair->certificate.at, (int)pair->certificate.len);
    X509 *certificate = PEM_read_bio_X509(bio, NULL, NULL, NULL);
    assert_non_null(certificate);
    assert_int_equal(X509_STORE_add_cert(SSL_CTX_get_cert_store(pair->client_context), certificate), 1);
    X509_free(certificate);
    BIO_free(bio);
}

static void open_pair(struct pair *pair, int version)
{
    *pair = (struct pair){0};
    make_context(pair);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair->ends), 0);
    assert_int_equal(tls_create(pair->context, pair->ends[0], &pair->server), OK);
    pair->client_context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_min_proto_version(pair->client_context, version);
    SSL_CTX_set_max_proto_version(pair->client_context, version);
    SSL_CTX_set_security_level(pair->client_context, 0);
    trust(pair);
    pair->client = SSL_new(pair->client_context);
    SSL_set_fd(pair->client, pair->ends[1]);
    SSL_set_connect_state(pair->client);
}

static void close_pair(struct pair *pair)
{
    tls_destroy(pair->server);
    tls_context_destroy(pair->context);
    SSL_free(pair->client);
    SSL_CTX_free(pair->client_context);
    buf_finish(&pair->certificate);
    buf_finish(&pair->key);
    close(pair->ends[0]);
    close(pair->ends[1]);
}

/* Both sides in turn until the server knows how it ended. */
static enum status shake(struct pair *pair)
{
    enum status done = BUSY;
    for (int i = 0; i < 20 && done == BUSY; i++) {
        SSL_do_handshake(pair->client);
        done = tls_handshake(pair->server);
    }
    SSL_do_handshake(pair->client);
    ERR_clear_error();
    return done;
}

static void bytes_cross_both_ways(void **state)
{
    static const int versions[] = {TLS1_2_VERSION, TLS1_3_VERSION};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct pair pair;
        char room[64];
        size_t count;
        open_pair(&pair, versions[i]);
        assert_int_equal(shake(&pair), OK);
        assert_int_equal(SSL_version(pair.client), versions[i]);
        assert_int_equal(tls_read(pair.server, room, sizeof room, &count), BUSY);
        assert_false(tls_waits_to_write(pair.server));
        assert_int_equal(SSL_write(pair.client, "question", 8), 8);
        assert_int_equal(tls_read(pair.server, room, sizeof room, &count), OK);
        assert_true(str_eq((struct str){room, count}, STR("question")));
        assert_int_equal(tls_write(pair.server, STR("answer"), &count), OK);
        assert_int_equal(SSL_read(pair.client, room, sizeof room), 6);
        tls_end(pair.server);
        assert_int_equal(SSL_read(pair.client, room, sizeof room), 0);
        assert_int_equal(SSL_get_error(pair.client, 0), SSL_ERROR_ZERO_RETURN);
        close_pair(&pair);
    }
}

static void a_full_socket_is_busy_and_goes_on(void **state)
{
    static char big[200000], room[50000];
    struct pair pair;
    size_t sent = 0, count, got = 0;
    (void)state;
    for (size_t i = 0; i < sizeof big; i++)
        big[i] = (char)(i * 7);
    open_pair(&pair, TLS1_3_VERSION);
    assert_int_equal(shake(&pair), OK);
    bool was_busy = false;
    while (got < 5 * sizeof big) {
        while (sent < 5 * sizeof big) {
            struct str rest = {big + sent % sizeof big, sizeof big - sent % sizeof big};
            enum status done = tls_write(pair.server, rest, &count);
            if (done == BUSY) {
                was_busy = true;
                assert_true(tls_waits_to_write(pair.server));
                break;
            }
            assert_int_equal(done, OK);
            sent += count;
        }
        int took = SSL_read(pair.client, room, sizeof room);
        if (took <= 0)
            continue;
        for (int i = 0; i < took; i++)
            assert_int_equal(room[i], big[(got + (size_t)i) % sizeof big]);
        got += (size_t)took;
    }
    assert_true(was_busy);
    close_pair(&pair);
}

static void an_old_version_is_refused(void **state)
{
    struct pair pair;
    (void)state;
    open_pair(&pair, TLS1_1_VERSION);
    assert_int_equal(shake(&pair), GONE);
    close_pair(&pair);
}

static void noise_is_no_handshake(void **state)
{
    struct pair pair;
    (void)state;
    open_pair(&pair, TLS1_3_VERSION);
    assert_int_equal(write(pair.ends[1], "b LOGIN somebody secret\r\n", 25), 25);
    assert_int_equal(tls_handshake(pair.server), GONE);
    close_pair(&pair);
}

static void a_peer_that_leaves_is_gone(void **state)
{
    struct pair pair;
    char room[8];
    size_t count;
    (void)state;
    open_pair(&pair, TLS1_3_VERSION);
    assert_int_equal(shake(&pair), OK);
    shutdown(pair.ends[1], SHUT_RDWR);
    assert_int_equal(tls_read(pair.server, room, sizeof room, &count), GONE);
    close_pair(&pair);
}

static void the_own_certificate_is_for_its_names(void **state)
{
    struct pair pair;
    (void)state;
    open_pair(&pair, TLS1_3_VERSION);
    SSL_set_verify(pair.client, SSL_VERIFY_PEER, NULL);
    SSL_set1_host(pair.client, "beauval.localhost");
    assert_int_equal(shake(&pair), OK);
    assert_int_equal(SSL_get_verify_result(pair.client), X509_V_OK);
    X509 *certificate = SSL_get1_peer_certificate(pair.client);
    assert_int_equal(X509_check_host(certificate, "localhost", 0, 0, NULL), 1);
    assert_int_equal(X509_check_host(certificate, "beauval.example", 0, 0, NULL), 1);
    assert_int_equal(X509_check_host(certificate, "clairmont.example", 0, 0, NULL), 0);
    X509_free(certificate);
    close_pair(&pair);
}

static void facts_of_a_certificate(void **state)
{
    static const struct str other = STR_INIT("clairmont.example");
    struct pair pair = {0};
    struct tls_facts facts;
    struct instant now = clock_now(), later = {now.ms + INT64_C(40) * 86400 * 1000};
    (void)state;
    make_context(&pair);
    assert_int_equal(tls_look(buf_str(&pair.certificate), names, 3, now, &facts), OK);
    assert_true(facts.is_self_signed && facts.is_good);
    assert_int_equal(tls_look(buf_str(&pair.certificate), names, 3, later, &facts), OK);
    assert_true(facts.is_self_signed && !facts.is_good);
    assert_int_equal(tls_look(buf_str(&pair.certificate), &other, 1, now, &facts), OK);
    assert_false(facts.is_good);
    assert_int_equal(tls_look(STR("nothing"), names, 3, now, &facts), INVALID);
    tls_context_destroy(pair.context);
    buf_finish(&pair.certificate);
    buf_finish(&pair.key);
}

static void what_does_not_belong_together_is_refused(void **state)
{
    struct pair one = {0}, two = {0};
    struct tls_context *context = NULL;
    const char *refusal = NULL;
    (void)state;
    make_context(&one);
    make_context(&two);
    assert_int_equal(tls_context_create(buf_str(&one.certificate), buf_str(&two.key), &context, &refusal), INVALID);
    assert_non_null(refusal);
    assert_int_equal(tls_context_create(STR("no certificate"), buf_str(&two.key), &context, &refusal), INVALID);
    assert_int_equal(tls_context_create(buf_str(&one.certificate), STR(""), &context, &refusal), INVALID);
    assert_null(context);
    struct str many[TLS_NAMES_MAX + 1];
    for (size_t i = 0; i <= TLS_NAMES_MAX; i++)
        many[i] = STR("a.example");
    buf_clear(&one.certificate);
    buf_clear(&one.key);
    assert_int_equal(tls_self_signed(many, TLS_NAMES_MAX, clock_now(), 1, &one.certificate, &one.key), OK);
    assert_int_equal(tls_self_signed(many, TLS_NAMES_MAX + 1, clock_now(), 1, &one.certificate, &one.key), LIMIT);
    assert_int_equal(tls_self_signed(many, 0, clock_now(), 1, &one.certificate, &one.key), LIMIT);
    tls_context_destroy(one.context);
    tls_context_destroy(two.context);
    buf_finish(&one.certificate);
    buf_finish(&one.key);
    buf_finish(&two.certificate);
    buf_finish(&two.key);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_cross_both_ways),
        cmocka_unit_test(a_full_socket_is_busy_and_goes_on),
        cmocka_unit_test(an_old_version_is_refused),
        cmocka_unit_test(noise_is_no_handshake),
        cmocka_unit_test(a_peer_that_leaves_is_gone),
        cmocka_unit_test(the_own_certificate_is_for_its_names),
        cmocka_unit_test(facts_of_a_certificate),
        cmocka_unit_test(what_does_not_belong_together_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
