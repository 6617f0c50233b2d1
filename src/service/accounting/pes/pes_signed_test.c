/* A file is signed bordereau by bordereau; B23: each signature that is not right is told, and each that is not
 * wanted. */
#include <time.h>

#include "document/test_sign.h"

#include "document/test_tool.h"
#include "service/accounting/pes/pes_signed.h"
#include "service/accounting/pes/test_flow.h"

enum { CHANGES_MAX = 2 };

static struct flow flow;
static struct sign_key *key;
static const char certificate[] = "/tmp/parvis_pes_signed_test.der";

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

/* One of mandats and one of titres, still to be signed. */
static void write_file(struct buf *out, bool is_paperless)
{
    struct buf said BUF_SCOPE = BUF_INIT(FLOW_WORDS);
    flow_make(&flow, 2);
    flow.file.is_paperless = is_paperless;
    flow.slips[1].has_running = true;
    assert_int_equal(flow_write(&flow, out, true, &said), OK);
}

static void say(const struct faults *faults, struct buf *ret_said)
{
    for (size_t i = 0; i < faults->count; i++)
        buf_add_format(ret_said, "%s%.*s", i > 0 ? "; " : "", STR_ARG(faults->kept[i].rule));
}

static enum status sign(struct str file, struct instant now, struct buf *out, struct buf *ret_said)
{
    struct arena *arena ARENA_SCOPE = arena_create(FLOW_ARENA);
    struct faults *faults = arena_new(arena, struct faults);
    faults->arena = arena;
    enum status done = pes_sign(out, file, key, now, faults);
    say(faults, ret_said);
    return done;
}

static void signed_file(struct buf *out)
{
    struct buf file BUF_SCOPE = BUF_INIT(PES_WRITTEN_MAX), said BUF_SCOPE = BUF_INIT(FLOW_WORDS);
    write_file(&file, true);
    enum status done = sign(buf_str(&file), test_sign_now, out, &said);
    if (done != OK)
        fail_msg("%s: %.*s", status_name(done), STR_ARG(buf_str(&said)));
}

/* What every check says of a file that came back: the rules, then its signatures. */
static void says(struct str file, const char *wanted)
{
    struct arena *arena ARENA_SCOPE = arena_create(2 * (size_t)XML_ARENA);
    struct buf said BUF_SCOPE = BUF_INIT(FLOW_WORDS);
    struct faults *faults = arena_new(arena, struct faults);
    struct xml *root;
    struct xml_fault fault;
    faults->arena = arena;
    assert_int_equal(xml_read(arena, file, &root, &fault), OK);
    assert_int_equal(pes_check(root, NULL, faults), OK);
    assert_int_equal(xml_read_exact(arena, file, &root, &fault), OK);
    assert_int_equal(pes_signed_check(arena, root, faults), OK);
    say(faults, &said);
    if (!str_eq(buf_str(&said), str_of(wanted)))
        fail_msg("\"%.*s\" instead of \"%s\"", STR_ARG(buf_str(&said)), wanted);
}

static void change(struct buf *file, const char *from, const char *to)
{
    struct buf now BUF_SCOPE = BUF_INIT(PES_WRITTEN_MAX);
    size_t at = str_find(buf_str(file), str_of(from));
    if (at == SIZE_MAX)
        fail_msg("there is no %s", from);
    buf_add(&now, str_slice(buf_str(file), 0, at));
    buf_add_c(&now, to);
    buf_add(&now, str_after(buf_str(file), at + strlen(from)));
    buf_clear(file);
    buf_add(file, buf_str(&now));
}

/* ---- signing ---- */

/* Nothing outside the signatures is another byte. */
static void each_bordereau_is_signed(void **state)
{
    struct buf file BUF_SCOPE = BUF_INIT(PES_WRITTEN_MAX), out BUF_SCOPE = BUF_INIT(PES_WRITTEN_MAX);
    (void)state;
    write_file(&file, true);
    says(buf_str(&file), "R06; R06");
    signed_file(&out);
    says(buf_str(&out), "");
    size_t count = 0, from;
    while ((from = str_find(buf_str(&out), STR("<ds:Signature "))) != SIZE_MAX) {
        size_t to = str_find(buf_str(&out), STR("</ds:Signature>")) + sizeof "</ds:Signature>" - 1;
        memmove(out.at + from, out.at + to, out.len - to);
        out.len -= to - from;
        count++;
    }
    assert_int_equal(count, 2);
    assert_true(str_eq(buf_str(&out), buf_str(&file)));
}

static void what_may_not_be_signed_is_not(void **state)
{
    struct buf file BUF_SCOPE = BUF_INIT(PES_WRITTEN_MAX), out BUF_SCOPE = BUF_INIT(PES_WRITTEN_MAX);
    struct buf said BUF_SCOPE = BUF_INIT(FLOW_WORDS);
    (void)state;
    write_file(&file, false);
    assert_int_equal(sign(buf_str(&file), test_sign_now, &out, &said), INVALID);
    assert_true(str_eq(buf_str(&said), STR("R06; R06")));
    signed_file(&out);
    buf_clear(&said);
    buf_clear(&file);
    assert_int_equal(sign(buf_str(&out), test_sign_now, &file, &said), INVALID);
    assert_true(str_eq(buf_str(&said), STR("R07; R07")));
    buf_clear(&said);
    buf_clear(&file);
    write_file(&file, true);
    buf_clear(&out);
    assert_int_equal(sign(buf_str(&file), (struct instant){0}, &out, &said), INVALID);
    assert_true(str_eq(buf_str(&said), STR("sign.key")));
    buf_clear(&said);
    change(&file, "<MtBordHT V=\"201.00\"/>", "<MtBordHT V=\"201.01\"/>");
    assert_int_equal(sign(buf_str(&file), test_sign_now, &out, &said), INVALID);
    assert_true(str_eq(buf_str(&said), STR("I9")));
    buf_clear(&said);
    assert_int_equal(sign(STR("<a/>"), test_sign_now, &out, &said), INVALID);
    assert_true(str_eq(buf_str(&said), STR("pes.root")));
    buf_clear(&said);
    assert_int_equal(sign(STR("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/hostname'>]><a>&b;</a>"), test_sign_now,
                          &out, &said), INVALID);
    assert_true(str_eq(buf_str(&said), STR("xml.read")));
}

/* A signature is put in as bytes of ASCII: there is no place for it in a file of UTF-16. */
static void letters_of_two_bytes_are_refused(void **state)
{
    struct buf file BUF_SCOPE = BUF_INIT(PES_WRITTEN_MAX), wide BUF_SCOPE = BUF_INIT(PES_WRITTEN_MAX);
    struct buf out BUF_SCOPE = BUF_INIT(PES_WRITTEN_MAX), said BUF_SCOPE = BUF_INIT(FLOW_WORDS);
    (void)state;
    write_file(&file, true);
    change(&file, "encoding=\"ISO-8859-1\"", "encoding=\"UTF-16\"");
    buf_add_literal(&wide, "\xFF\xFE");
    for (size_t i = 0; i < file.len; i++) {
        buf_add_byte(&wide, file.at[i]);
        buf_add_byte(&wide, '\0');
    }
    assert_int_equal(sign(buf_str(&wide), test_sign_now, &out, &said), INVALID);
    assert_true(str_eq(buf_str(&said), STR("xml.read")));
}

/* What comes back says what went out, or where it does not. */
static void a_file_brought_back_is_compared(void **state)
{
    struct buf own BUF_SCOPE = BUF_INIT(PES_WRITTEN_MAX), file BUF_SCOPE = BUF_INIT(PES_WRITTEN_MAX);
    struct buf where BUF_SCOPE = BUF_INIT(FLOW_WORDS);
    (void)state;
    write_file(&own, true);
    signed_file(&file);
    assert_int_equal(pes_signed_compare(buf_str(&file), buf_str(&own), &where), OK);
    change(&file, "PAPETERIE", "PAPETIERE");
    assert_int_equal(pes_signed_compare(buf_str(&file), buf_str(&own), &where), CONFLICT);
    assert_true(str_ends(buf_str(&where), STR("/LigneDePiece[1]/Tiers[1]/InfoTiers[1]/Nom[1]")));
    assert_int_equal(pes_signed_compare(STR("<a"), buf_str(&own), &where), INVALID);
}

/* B23. */
static void wrong_signatures_are_told(void **state)
{
    static const struct {
        const char *changes[2 * CHANGES_MAX + 1], *wanted;
    } cases[] = {
        {{NULL}, ""},
        {{"PAPETERIE", "PAPETIERE", NULL}, "sign.broken"},
        {{"<Ville V=\"VANNES\"/>", "<Ville V=\"RENNES\"/>", NULL}, "sign.broken"},
        {{"2026-03-02T10", "2026-03-02T11", NULL}, "sign.forged"},
        {{"URI=\"#BD2026-01-12\"", "URI=\"#BR2026-01-3\"", NULL}, "R07; sign.other"},
        {{"xmlenc#sha256", "xmlenc#sha1", NULL}, "sign.unknown"},
        {{"<InfoDematerialisee V=\"1\"/>", "<InfoDematerialisee V=\"0\"/>", NULL}, "R06"},
        {{"</Bordereau>", "<s:Signature xmlns:s=\"http://www.w3.org/2000/09/xmldsig#\"/></Bordereau>", NULL},
         "R07; sign.broken"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf file BUF_SCOPE = BUF_INIT(PES_WRITTEN_MAX);
        signed_file(&file);
        for (const char *const *at = cases[i].changes; at[0] != NULL; at += 2)
            change(&file, at[0], at[1]);
        says(buf_str(&file), cases[i].wanted);
    }
}

/* One signature for the file as a whole, as others make it. */
static void a_file_may_be_signed_as_a_whole(void **state)
{
    struct arena *arena ARENA_SCOPE = arena_create(XML_ARENA);
    struct buf file BUF_SCOPE = BUF_INIT(PES_WRITTEN_MAX), out BUF_SCOPE = BUF_INIT(PES_WRITTEN_MAX);
    struct xml *root;
    struct xml_fault fault;
    (void)state;
    write_file(&file, true);
    assert_int_equal(xml_read_exact(arena, buf_str(&file), &root, &fault), OK);
    buf_add(&out, str_slice(buf_str(&file), 0, root->end));
    assert_int_equal(sign_write(&out, root, key, test_sign_now), OK);
    buf_add(&out, str_after(buf_str(&file), root->end));
    says(buf_str(&out), "");
    change(&out, "PAPETERIE", "PAPETIERE");
    says(buf_str(&out), "sign.broken");
}

static int64_t now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* Prints how long a bordereau of 500 mandats and one of as many titres take: signed, and looked at. */
static void five_hundred_mandats_take_so_long(void **state)
{
    struct arena *arena ARENA_SCOPE = arena_create(XML_ARENA);
    struct buf file BUF_SCOPE = BUF_INIT(PES_WRITTEN_MAX), out BUF_SCOPE = BUF_INIT(PES_WRITTEN_MAX);
    struct buf said BUF_SCOPE = BUF_INIT(FLOW_WORDS);
    struct xml *root;
    struct xml_fault fault;
    (void)state;
    flow_make(&flow, FLOW_PIECES);
    flow.file.is_paperless = flow.slips[1].has_running = true;
    assert_int_equal(flow_write(&flow, &file, true, &said), OK);
    int64_t from = now_us();
    assert_int_equal(sign(buf_str(&file), test_sign_now, &out, &said), OK);
    int64_t made = now_us();
    struct faults *faults = arena_new(arena, struct faults);
    faults->arena = arena;
    assert_int_equal(xml_read_exact(arena, buf_str(&out), &root, &fault), OK);
    assert_int_equal(pes_signed_check(arena, root, faults), OK);
    assert_int_equal(faults->found, 0);
    int64_t seen = now_us();
    print_message("500 mandats and titres, %zu bytes: signed in %lld ms, looked at in %lld ms\n", out.len,
                  (long long)((made - from) / 1000), (long long)((seen - made) / 1000));
}

/* xmlsec1 takes each of the two signatures. */
static void xmlsec1_takes_them(void **state)
{
    const char *name = "/tmp/parvis_pes_signed_test.xml";
    struct buf file BUF_SCOPE = BUF_INIT(PES_WRITTEN_MAX);
    (void)state;
    tool_need("xmlsec1");
    signed_file(&file);
    tool_put(name, buf_str(&file));
    for (int i = 1; i <= 2; i++) {
        char command[500];
        snprintf(command, sizeof command, "xmlsec1 --verify --id-attr:Id Bordereau --id-attr:Id "
                 "http://uri.etsi.org/01903/v1.1.1#:SignedProperties --trusted-der %s --node-xpath "
                 "\"(//*[local-name()='Signature'])[%d]\" --verification-gmt-time '2026-03-02 10:00:00' %%s 2>&1; true",
                 certificate, i);
        const char *answer = tool_ask(command, name);
        if (strstr(answer, "OK\nSignedInfo References (ok/all): 2/2") == NULL)
            fail_msg("%s", answer);
    }
    remove(name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_bordereau_is_signed),
        cmocka_unit_test(what_may_not_be_signed_is_not),
        cmocka_unit_test(letters_of_two_bytes_are_refused),
        cmocka_unit_test(a_file_brought_back_is_compared),
        cmocka_unit_test(wrong_signatures_are_told),
        cmocka_unit_test(a_file_may_be_signed_as_a_whole),
        cmocka_unit_test(five_hundred_mandats_take_so_long),
        cmocka_unit_test(xmlsec1_takes_them),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
