/* A signature proves its element and nothing else; each thing that can be wrong with one is told. */
#include "document/test_sign.h"

#include "document/test_tool.h"

enum { ARENA = 4 << 20, FILE_MAX = 1 << 20, BITS_SMALL = 1024 };

#define SIGNED_FILE                                                                                      \
    "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<r xmlns:n=\"urn:n\"><A Id=\"A1\"><n:b V=\"\xe9 1\"/> </A>" \
    "<A Id=\"A2\"><n:b V=\"2\"/></A></r>\n"

static struct sign_key *key;
static const char certificate[] = "/tmp/parvis_sign_test.der";

static int set_up(void **state)
{
    (void)state;
    key = test_key(certificate);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    sign_key_destroy(&key);
    return remove(certificate);
}

static struct xml *read_exact(struct arena *arena, struct str bytes)
{
    struct xml *root = NULL;
    struct xml_fault fault;
    assert_int_equal(xml_read_exact(arena, bytes, &root, &fault), OK);
    return root;
}

/* The file with its first A signed. */
static void sign_first(struct buf *out, struct instant now)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    const struct xml *element = xml_child(read_exact(arena, STR(SIGNED_FILE)), "A");
    buf_add(out, str_slice(STR(SIGNED_FILE), 0, element->end));
    assert_int_equal(sign_write(out, element, key, now), OK);
    buf_add(out, str_after(STR(SIGNED_FILE), element->end));
}

static void swap(struct buf *file, const char *from, const char *to)
{
    struct buf now BUF_SCOPE = BUF_INIT(FILE_MAX);
    size_t at = str_find(buf_str(file), str_of(from));
    if (at == SIZE_MAX)
        fail_msg("there is no %s", from);
    buf_add(&now, str_slice(buf_str(file), 0, at));
    buf_add_c(&now, to);
    buf_add(&now, str_after(buf_str(file), at + strlen(from)));
    buf_clear(file);
    buf_add(file, buf_str(&now));
}

static enum sign_state state_of(struct str bytes)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct sign_seen seen;
    const struct xml *element = xml_child(read_exact(arena, bytes), "A");
    assert_int_equal(sign_check(arena, element, false, xml_child(element, "Signature"), &seen), OK);
    return seen.state;
}

static void a_signature_is_right(void **state)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf file BUF_SCOPE = BUF_INIT(FILE_MAX), again BUF_SCOPE = BUF_INIT(FILE_MAX);
    struct sign_seen seen;
    (void)state;
    sign_first(&file, test_sign_now);
    const struct xml *element = xml_child(read_exact(arena, buf_str(&file)), "A");
    assert_int_equal(sign_check(arena, element, false, xml_child(element, "Signature"), &seen), OK);
    assert_int_equal(seen.state, SIGN_RIGHT);
    assert_true(str_eq(seen.signer, STR("CN=Finances,O=Mairie \\<\\C3\\A9t\\C3\\A9\\> & co")));
    assert_int_equal(seen.signed_at.ms, test_sign_now.ms);
    assert_int_equal(seen.valid_until.ms - seen.valid_from.ms, INT64_C(365) * 86400000 - 1000);
    sign_first(&again, test_sign_now);
    assert_true(str_eq(buf_str(&file), buf_str(&again)));
}

/* What others say: xmlsec1, whose trust is the certificate itself. */
static void xmlsec1_says_the_same(void **state)
{
    const char *name = "/tmp/parvis_sign_test.xml";
    struct buf file BUF_SCOPE = BUF_INIT(FILE_MAX);
    char command[400];
    (void)state;
    tool_need("xmlsec1");
    snprintf(command, sizeof command, "xmlsec1 --verify --id-attr:Id A --id-attr:Id "
             "http://uri.etsi.org/01903/v1.1.1#:SignedProperties --trusted-der %s "
             "--verification-gmt-time '2026-03-02 10:00:00' %%s 2>&1; true", certificate);
    sign_first(&file, test_sign_now);
    tool_put(name, buf_str(&file));
    const char *said = tool_ask(command, name);
    if (strstr(said, "OK\nSignedInfo References (ok/all): 2/2") == NULL)
        fail_msg("%s", said);
    swap(&file, "\xe9 1", "\xe9 2");
    tool_put(name, buf_str(&file));
    assert_null(strstr(tool_ask(command, name), "2/2"));
    remove(name);
}

/* Whatever is changed in what is signed, and what may be changed around it. */
static void changes_are_seen(void **state)
{
    static const struct {
        const char *from, *to;
        enum sign_state wanted;
    } changes[] = {
        {"\xe9 1", "\xe9 2", SIGN_BROKEN},
        {"/> <ds", "/><ds", SIGN_BROKEN},
        {"<A Id=\"A1\"", "<A Id=\"A1\" W=\"\"", SIGN_BROKEN},
        {"urn:n", "urn:m", SIGN_BROKEN},
        {"<A Id=\"A1\"", "<A Id=\"A3\"", SIGN_OTHER},
        {"URI=\"#A1\"", "URI=\"#A2\"", SIGN_OTHER},
        {"URI=\"#A1\"", "URI=\"\"", SIGN_OTHER},
        {"URI=\"#A1\"", "URI=\"http://127.0.0.1/\"", SIGN_OTHER},
        {"2026-03-02T10", "2026-03-02T11", SIGN_FORGED},
        {"<ds:X509SerialNumber>4711", "<ds:X509SerialNumber>4712", SIGN_FORGED},
        {"<ds:SignatureValue>", "<ds:SignatureValue>AAAA", SIGN_FORGED},
        {"<ds:X509Certificate>MII", "<ds:X509Certificate>NII", SIGN_FORGED},
        {"<ds:SignedInfo>", "<ds:SignedInfo> ", SIGN_FORGED},
        {"xmlenc#sha256", "xmlenc#sha512", SIGN_BROKEN},
        {"xmlenc#sha256", "xmlenc#sha1", SIGN_UNKNOWN},
        {"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
         SIGN_UNKNOWN},
        {"CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"",
         "CanonicalizationMethod Algorithm=\"http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"", SIGN_UNKNOWN},
        {"#enveloped-signature\"/>", "#enveloped-signature\"/><ds:Transform Algorithm=\"x\"/>", SIGN_UNKNOWN},
        {"<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>", "", SIGN_UNKNOWN},
        {"<xad:SigningCertificate>", "<xad:Autre/><xad:SigningCertificate>", SIGN_FORGED},
        {"V=\"2\"", "V=\"3\"", SIGN_RIGHT},
        {"<r ", "<r Id=\"A1\" ", SIGN_RIGHT},
        {"<r xmlns:n", "<r xmlns:m=\"urn:m\" xmlns:n", SIGN_RIGHT},
        {"<n:b V=\"\xe9 1\"/>", "<n:b V=\"\xe9 1\"></n:b>", SIGN_RIGHT},
        {"<n:b V=\"\xe9 1\"/>", "<n:b V='&#233; 1'/><!-- x -->", SIGN_RIGHT},
    };
    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct buf file BUF_SCOPE = BUF_INIT(FILE_MAX);
        sign_first(&file, test_sign_now);
        swap(&file, changes[i].from, changes[i].to);
        enum sign_state got = state_of(buf_str(&file));
        if (got != changes[i].wanted)
            fail_msg("%s -> %s: %d instead of %d", changes[i].from, changes[i].to, (int)got, (int)changes[i].wanted);
    }
}

/* The signature of one element in another that says the same. */
static void a_signature_of_another_is_refused(void **state)
{
    struct buf file BUF_SCOPE = BUF_INIT(FILE_MAX);
    (void)state;
    sign_first(&file, test_sign_now);
    struct str all = buf_str(&file);
    size_t from = str_find(all, STR("<ds:Signature ")), to = str_find(all, STR("</ds:Signature>")) + 15;
    struct buf other BUF_SCOPE = BUF_INIT(FILE_MAX);
    buf_add_literal(&other, "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><r><w><A Id=\"A1\"><n:b xmlns:n=\"urn:n\" "
                            "V=\"\xe9 1\"/> </A></w><A Id=\"A9\"><n:b xmlns:n=\"urn:n\" V=\"forged\"/>");
    buf_add(&other, str_slice(all, from, to));
    buf_add_literal(&other, "</A></r>");
    assert_int_equal(state_of(buf_str(&other)), SIGN_OTHER);
}

/* Each letter of the signature that is changed is seen, or the file is none: but in the frame around what is signed of
 * it, which says nothing. */
static void changed_anywhere_it_is_seen(void **state)
{
    struct buf file BUF_SCOPE = BUF_INIT(FILE_MAX);
    (void)state;
    sign_first(&file, test_sign_now);
    struct str all = buf_str(&file);
    size_t from = str_find(all, STR("<ds:SignedInfo")), to = str_find(all, STR("</xad:QualifyingProperties>"));
    size_t frame = str_find(all, STR("<ds:Object>")), inside = str_find(all, STR("<xad:SignedProperties"));
    size_t seen = 0;
    for (size_t i = from; i < to; i += i + 7 >= frame && i < frame ? inside - i : 7) {
        struct arena *arena ARENA_SCOPE = arena_create(ARENA);
        struct sign_seen what;
        struct xml *root;
        struct xml_fault fault;
        char was = file.at[i];
        file.at[i] = was == 'A' ? 'B' : 'A';
        if (xml_read_exact(arena, buf_str(&file), &root, &fault) == OK) {
            const struct xml *element = xml_child(root, "A"), *signature = xml_child(element, "Signature");
            assert_true(signature == NULL || sign_check(arena, element, false, signature, &what) == OK);
            if (signature != NULL && what.state == SIGN_RIGHT)
                fail_msg("changed at %.60s", file.at + i - 20);
            seen++;
        }
        file.at[i] = was;
    }
    assert_true(seen > 100);
    assert_int_equal(state_of(buf_str(&file)), SIGN_RIGHT);
}

static void a_certificate_has_its_time(void **state)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf out BUF_SCOPE = BUF_INIT(FILE_MAX);
    struct instant first = {INT64_C(1767225600000)}, last = {INT64_C(1798761599000)};
    const struct xml *element = xml_child(read_exact(arena, STR(SIGNED_FILE)), "A");
    (void)state;
    assert_int_equal(sign_write(&out, element, key, first), OK);
    assert_int_equal(sign_write(&out, element, key, last), OK);
    first.ms--;
    last.ms += 1000;
    assert_int_equal(sign_write(&out, element, key, first), INVALID);
    assert_int_equal(sign_write(&out, element, key, last), INVALID);
    assert_int_equal(sign_write(&out, xml_child(element, "b"), key, test_sign_now), INVALID); /* it has no Id */
}

static void keys_are_proven(void **state)
{
    struct buf file BUF_SCOPE = BUF_INIT(SIGN_KEY_FILE_MAX), small BUF_SCOPE = BUF_INIT(SIGN_KEY_FILE_MAX);
    struct sign_key *other = NULL;
    (void)state;
    test_key_file(&file, SIGN_KEY_BITS_MIN, NULL);
    test_key_file(&small, BITS_SMALL, NULL);
    assert_int_equal(sign_key_open(buf_str(&file), STR("another"), &other), DENIED);
    assert_int_equal(sign_key_open(buf_str(&file), STR(""), &other), DENIED);
    assert_int_equal(sign_key_open(buf_str(&small), STR(TEST_PASSWORD), &other), INVALID);
    assert_int_equal(sign_key_open(str_slice(buf_str(&file), 0, file.len / 2), STR(TEST_PASSWORD), &other), INVALID);
    assert_int_equal(sign_key_open(STR(""), STR(""), &other), INVALID);
    assert_int_equal(sign_key_open(STR("no key"), STR(TEST_PASSWORD), &other), INVALID);
    assert_null(other);
    assert_int_equal(sign_key_open(buf_str(&file), STR(TEST_PASSWORD), &other), OK);
    sign_key_destroy(&other);
    sign_key_destroy(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_signature_is_right),
        cmocka_unit_test(xmlsec1_says_the_same),
        cmocka_unit_test(changes_are_seen),
        cmocka_unit_test(a_signature_of_another_is_refused),
        cmocka_unit_test(changed_anywhere_it_is_seen),
        cmocka_unit_test(a_certificate_has_its_time),
        cmocka_unit_test(keys_are_proven),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
