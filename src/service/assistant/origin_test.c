#include "service/assistant/origin.h"

#include "service/assistant/answer.h"
#include "service/assistant/test_shelf.h"

static int set_up(void **state)
{
    (void)open_shelf(state);
    test_act_as(&test, test_person(&test, "direction@beauval.example", "Direction générale"), ROLE_ADMINISTRATOR);
    return 0;
}

#define CANTEEN "La cantine scolaire coûte 3,20 € par repas pour les enfants de Beauval."

static void a_town(void)
{
    (void)shelf_put(shelf_text("Tarifs de la cantine scolaire",
                               "# Tarifs\n" CANTEEN "\nLe tarif change le 1er septembre."));
    (void)shelf_put(shelf_text("Règlement du cimetière",
                               "Les concessions durent trente ans.\nElles se renouvellent en mairie."));
    (void)shelf_put(shelf_text("Ouverture de la bibliothèque",
                               "La bibliothèque ouvre du mardi au samedi, de 10 h à 18 h."));
    follow();
}

static const struct origin_part *part_of(const struct origin *origin, enum origin_kind kind)
{
    for (size_t i = 0; i < origin->count; i++)
        if (origin->parts[i].kind == kind)
            return &origin->parts[i];
    return NULL;
}

#define INVENTED "Un zeppelin violet survole chaque nuit les toits endormis."
#define ALTERED "La cantine scolaire coûte 9,90 € par repas pour les enfants."

static void a_text_is_traced_part_by_part(void **state)
{
    (void)state;
    struct origin origin;
    a_town();
    struct ctx ctx = test_ctx(&test);
    struct str text = STR("On m’a dit : " CANTEEN "\n" INVENTED "\n" ALTERED);
    assert_int_equal(origin_find(&ctx, text, &origin), OK);
    const char *at = text.at;
    for (size_t i = 0; i < origin.count; at += origin.parts[i++].text.len)
        assert_ptr_equal(origin.parts[i].text.at, at); /* the whole of it, in order */
    assert_ptr_equal(at, text.at + text.len);
    const struct origin_part *exact = part_of(&origin, ORIGIN_EXACT), *near = part_of(&origin, ORIGIN_NEAR);
    assert_non_null(exact);
    assert_true(str_starts(STR(CANTEEN), exact->text));
    assert_int_equal(exact->document.id, 1);
    assert_int_equal(exact->line, 1);
    assert_non_null(near);
    assert_true(str_starts(near->text, STR("La cantine scolaire coûte 9,90")));
    assert_int_equal(near->document.id, 1);
    bool is_invented = false;
    for (size_t i = 0; i < origin.count; i++)
        is_invented |= origin.parts[i].kind == ORIGIN_NONE && str_eq(origin.parts[i].text, STR(INVENTED));
    assert_true(is_invented);
    assert_true(origin.characters[ORIGIN_NONE] >= (int64_t)strlen(INVENTED));
}

static void a_text_to_trace_has_limits(void **state)
{
    (void)state;
    static char long_text[ORIGIN_TEXT_MAX + 2];
    struct origin origin;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(origin_find(&ctx, STR("Bonjour"), &origin), BUSY);
    follow();
    ctx = test_ctx(&test);
    assert_int_equal(origin_find(&ctx, STR("Bonjour"), &origin), OK); /* an empty shelf */
    assert_int_equal(origin_find(&ctx, STR(" … "), &origin), INVALID);
    assert_int_equal(origin_find(&ctx, STR("a\xff"), &origin), INVALID);
    memset(long_text, 'a', ORIGIN_TEXT_MAX + 1);
    assert_int_equal(origin_find(&ctx, str_of(long_text), &origin), INVALID);
    long_text[ORIGIN_TEXT_MAX] = '\0';
    assert_int_equal(origin_find(&ctx, str_of(long_text), &origin), OK);
}

/* As a question is: an é is one, an emoji is one, whatever they take in bytes. */
static void a_text_to_trace_is_counted_in_characters(void **state)
{
    (void)state;
    static const char *const letters[] = {"é", "\U00010348"};
    struct origin origin;
    struct str body;
    follow();
    struct ctx ctx = test_ctx(&test);
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        struct buf text BUF_SCOPE = BUF_INIT(8 * ORIGIN_TEXT_MAX);
        for (int k = 0; k < ORIGIN_TEXT_MAX; k++)
            buf_add(&text, str_of(letters[i]));
        assert_int_equal(origin_find(&ctx, buf_str(&text), &origin), OK);
        assert_int_equal(origin.characters[ORIGIN_NONE], ORIGIN_TEXT_MAX);
        buf_add(&text, str_of(letters[i]));
        assert_int_equal(origin_find(&ctx, buf_str(&text), &origin), INVALID);
    }
    assert_int_equal(test_page(&test, "/assistant/trace", NULL, &body), 200);
    assert_has(body, "000 signes au plus");
    assert_lacks(body, "octets");
}

/* Where nothing was pasted yet, the way to it does not speak of another text. */
static void the_assistant_says_where_to_trace(void **state)
{
    (void)state;
    struct str body;
    a_town();
    assert_int_equal(test_page(&test, "/assistant", NULL, &body), 200);
    assert_has(body, "<a href=\"/assistant/trace\">D’où vient un texte\u00a0? Le vérifier</a>");
    assert_lacks(body, "autre texte");
}

static void the_page_traces_what_is_pasted(void **state)
{
    (void)state;
    struct str body;
    a_town();
    assert_int_equal(test_page(&test, "/assistant/trace", NULL, &body), 200);
    assert_int_equal(test_page(&test, "/assistant/trace", "form_token=" TEST_TOKEN
                               "&text=Les+concessions+durent+trente+ans.%0D%0AElles+se+renouvellent+en+mairie.%0D%0A"
                               "Un+zeppelin+violet+survole+chaque+nuit+%3Cscript%3E.", &body), 200);
    assert_has(body, "<span class=\"x\">Les concessions durent trente ans.\nElles se renouvellent en mairie");
    assert_has(body, "/sources/2?line=0#l0");
    assert_has(body, "<span class=\"none\">Un zeppelin violet");
    assert_lacks(body, "<script>.");
    assert_int_equal(test_page(&test, "/assistant/trace", "form_token=" TEST_TOKEN "&text=", &body), 422);
    assert_int_equal(test_page(&test, "/assistant/trace", "text=Bonjour", &body), 403);
}

/* ---- a text that its author takes back ---- */

enum { SPAN = 40 };

/* Words of their own for each document, so that what is found of one is of that one alone. */
static struct str long_text(const char *word, int count)
{
    struct buf out BUF_SCOPE = BUF_INIT(1 << 16);
    for (int i = 0; i < count; i++)
        buf_add_format(&out, "Le %s numéro %d concerne la parcelle %d du %s.\n", word, i, 1000 - i, word);
    return str_copy(test.arena, buf_str(&out));
}

static bool is_said(struct str text, struct str span)
{
    return str_find(text, span) != SIZE_MAX;
}

/* Neither found, nor quoted, nor traced: every run of SPAN bytes that begins a word. */
static void assert_gone(struct str words, struct str shared, int64_t id)
{
    for (size_t from = 0; from + SPAN <= words.len; from += 17) {
        struct answer answer;
        struct origin origin;
        while (from > 0 && ((unsigned char)words.at[from] & 0xC0) == 0x80)
            from--;
        struct str span = str_slice(words, from, from + SPAN);
        while (((unsigned char)span.at[span.len - 1] & 0x80) != 0)
            span.len--;
        if (str_trim(span).len == 0)
            continue;
        struct ctx ctx = test_ctx(&test);
        struct answer_asked asked = {.question = span, .about = STR("")};
        assert_int_equal(answer_find(&ctx, &asked, &answer), OK);
        assert_int_not_equal(answer.near.id, id);
        for (size_t i = 0; i < answer.count; i++) {
            assert_int_not_equal(answer.passages[i].document.id, id);
            assert_false(is_said(answer.passages[i].words, span) && !is_said(shared, span));
        }
        assert_int_equal(origin_find(&ctx, span, &origin), OK);
        for (size_t i = 0; i < origin.count; i++) {
            assert_int_not_equal(origin.parts[i].document.id, id);
            assert_true(origin.parts[i].kind != ORIGIN_EXACT || is_said(shared, origin.parts[i].text));
        }
    }
}

static void what_is_withdrawn_leaves_no_span(void **state)
{
    (void)state;
    struct origin origin;
    a_town();
    struct str own = long_text("verger", 12), shared = long_text("rucher", 6);
    struct str both = str_format(test.arena, "%.*s%.*s", STR_ARG(own), STR_ARG(shared));
    int64_t id = shelf_put(shelf_text("Vergers", both.at));
    int64_t other = shelf_put(shelf_text("Ruchers", shared.at));
    follow();
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(origin_find(&ctx, str_slice(own, 0, 400), &origin), OK);
    assert_int_equal(part_of(&origin, ORIGIN_EXACT)->document.id, id); /* it was there */
    assert_int_equal(DO(&test, document_withdraw(&ctx, id, STR("opt-out"))), OK);
    assert_gone(both, shared, id); /* at once: whatever stands in memory still */
    follow();
    assert_gone(both, shared, id);
    ctx = test_ctx(&test);
    assert_int_equal(origin_find(&ctx, str_slice(own, 0, 400), &origin), OK);
    assert_null(part_of(&origin, ORIGIN_EXACT));
    assert_int_equal(origin_find(&ctx, str_slice(shared, 0, 400), &origin), OK);
    assert_int_equal(part_of(&origin, ORIGIN_EXACT)->document.id, other); /* and the other one is there still */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_text_is_traced_part_by_part, set_up, close_shelf),
        cmocka_unit_test_setup_teardown(a_text_to_trace_has_limits, set_up, close_shelf),
        cmocka_unit_test_setup_teardown(a_text_to_trace_is_counted_in_characters, set_up, close_shelf),
        cmocka_unit_test_setup_teardown(the_assistant_says_where_to_trace, set_up, close_shelf),
        cmocka_unit_test_setup_teardown(the_page_traces_what_is_pasted, set_up, close_shelf),
        cmocka_unit_test_setup_teardown(what_is_withdrawn_leaves_no_span, set_up, close_shelf),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
