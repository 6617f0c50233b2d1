/* A key on a card in software (SoftHSM, from Debian): it signs there, and others find the signature right. */
#include "document/test_sign.h"
#include "document/test_tool.h"

#include <openssl/pem.h>

#define FOLDER "/tmp/parvis_sign_token_test"
#define PIN "4711"
#define MODULE "/usr/lib/softhsm/libsofthsm2.so"
#define PAPER "<F xmlns=\"u\"><A Id=\"one\">60,50</A></F>"

enum { ARENA = 1 << 20, OUT = 1 << 20 };

static void run(const char *command)
{
    (void)tool_ask("%s >" FOLDER "/said 2>&1", command);
}

/* A card with one key and its certificate under the same label. */
static void card_make(void)
{
    EVP_PKEY *key = EVP_RSA_gen(SIGN_KEY_BITS_MIN);
    X509 *certificate = test_certificate(key);
    BIO *into = BIO_new_file(FOLDER "/key.pem", "w");
    assert_int_equal(PEM_write_bio_PKCS8PrivateKey(into, key, NULL, NULL, 0, NULL, NULL), 1);
    BIO_free(into);
    into = BIO_new_file(FOLDER "/certificate.der", "w");
    assert_int_equal(i2d_X509_bio(into, certificate), 1);
    BIO_free(into);
    X509_free(certificate);
    EVP_PKEY_free(key);
    run("softhsm2-util --init-token --free --label town --so-pin 0815 --pin " PIN);
    run("softhsm2-util --import " FOLDER "/key.pem --token town --label seal --id a1 --pin " PIN);
    run("pkcs11-tool --module " MODULE " --token-label town --login --pin " PIN
        " --write-object " FOLDER "/certificate.der --type cert --label seal --id a1");
}

static int set_up(void **state)
{
    static const char settings[] = "directories.tokendir = " FOLDER "/tokens\nobjectstore.backend = file\n";
    (void)state;
    assert_int_equal(system("rm -rf " FOLDER " && mkdir -p " FOLDER "/tokens"), 0);
    tool_put(FOLDER "/softhsm2.conf", str_of(settings));
    assert_int_equal(setenv("SOFTHSM2_CONF", FOLDER "/softhsm2.conf", 1), 0);
    return 0;
}

/* Once: a module keeps what it saw of the card, and that somebody gave the PIN. */
static void need_card(void)
{
    static bool is_there;
    tool_need("softhsm2-util");
    tool_need("pkcs11-tool");
    if (!is_there)
        card_make();
    is_there = true;
}

static int tear_down(void **state)
{
    (void)state;
    return system("rm -rf " FOLDER);
}

static enum status key_of(const char *uri, const char *pin, const char *module, struct sign_key **ret_key)
{
    return sign_key_on_token(str_of(uri), str_of(pin), module != NULL ? str_of(module) : STR_NONE, ret_key);
}

static void a_card_signs(void **state)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf out BUF_SCOPE = BUF_INIT(OUT), file BUF_SCOPE = BUF_INIT(OUT);
    struct sign_key *key SIGN_KEY_SCOPE = NULL;
    struct xml *root;
    struct xml_fault fault;
    struct sign_seen seen;
    (void)state;
    need_card();
    assert_int_equal(key_of("pkcs11:token=town;object=seal", PIN, MODULE, &key), OK);
    assert_int_equal(xml_read_exact(arena, STR(PAPER), &root, &fault), OK);
    struct xml *element = xml_child(root, "A");
    assert_int_equal(sign_write(&out, element, key, test_sign_now), OK);
    buf_add(&file, str_slice(STR(PAPER), 0, element->end));
    buf_add(&file, buf_str(&out));
    buf_add(&file, str_after(STR(PAPER), element->end));
    assert_int_equal(xml_read_exact(arena, buf_str(&file), &root, &fault), OK);
    element = xml_child(root, "A");
    assert_int_equal(sign_check(arena, element, false, xml_child(element, "Signature"), &seen), OK);
    assert_int_equal(seen.state, SIGN_RIGHT);
}

static void a_card_that_will_not_do_is_told(void **state)
{
    struct sign_key *key = NULL;
    (void)state;
    need_card();
    assert_int_equal(key_of("pkcs11:token=town;object=seal", PIN, "/nowhere/module.so", &key), INVALID);
    assert_int_equal(key_of("pkcs11:token=town;object=seal", "9999", MODULE, &key), DENIED);
    assert_int_equal(key_of("pkcs11:token=town;object=another", PIN, MODULE, &key), INVALID);
    assert_int_equal(key_of("file:/etc/passwd", PIN, MODULE, &key), INVALID);
    assert_int_equal(key_of("pkcs11:token=town;object=seal", "", MODULE, &key), INVALID);
    assert_null(key);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_card_that_will_not_do_is_told), /* first: nobody has given the PIN yet */
        cmocka_unit_test(a_card_signs),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
