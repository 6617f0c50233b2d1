/* A town's decision about a language model, what is sent to one, and what of its text is shown; the test answers as the
 * role provider. */
#include "service/assistant/test_shelf.h"

#include <stdio.h>

#include "core/audit.h"
#include "core/house_ask.h"
#include "core/decision.h"
#include "core/decision_sql.h"

#define CANTEEN "La cantine scolaire coûte 3,20 € par repas pour les enfants de Beauval."
#define QUESTION "/assistant?q=Combien%20co%C3%BBte%20la%20cantine%20scolaire%20%3F"
#define INSIDE "ours 0 http://127.0.0.1:8081/v1 petit"
#define OUTSIDE "theirs 1 https://model.example/v1 grand"
#define DECIDED "form_token=" TEST_TOKEN "&decider=Conseil+municipal&day=2026-11-20&words=Pour+un+an."

static struct provider_state says;
static bool is_away;
static int asked, silenced;
static struct provider_ask last;

static void add_cards(struct buf *lines)
{
    struct provider_card ours = {STR("ours"), STR("http://127.0.0.1:8081/v1"), STR("petit"), STR("Atelier"),
                                 STR("Apache-2.0"), STR(""), STR("Beauval"), STR("30 W"), false};
    struct provider_card theirs = {STR("theirs"), STR("https://model.example/v1"), STR("grand"), STR("Usine"),
                                   STR("fermée"), STR("Corpus ouvert"), STR("ailleurs"), STR(""), true};
    house_line_add(lines, &provider_card_shape, &ours);
    house_line_add(lines, &provider_card_shape, &theirs);
}

static void answer(struct test_town *town, const struct web_house *ask, struct web_house *answer)
{
    static struct buf lines;
    buf_finish(&lines);
    lines = BUF_INIT(1 << 20);
    answer->status = is_away ? GONE : OK;
    if (is_away)
        return;
    if (ask->kind == HOUSE_COMPLETE) {
        struct str words = str_copy(town->arena, ask->words);
        asked++;
        assert_int_equal(house_line_take(town->arena, &words, &provider_ask_shape, &last), OK);
        house_line_add(&lines, &provider_state_shape, &says);
    } else {
        silenced += ask->kind == HOUSE_SILENCE;
        add_cards(&lines);
    }
    answer->lines = buf_str(&lines);
}

static void put_for(enum document_readers readers, const char *title, const char *words, const char *licence)
{
    struct document_text text = shelf_text(title, words);
    text.document.licence = str_of(licence);
    text.document.readers = readers;
    (void)shelf_put(text);
}

static void put(const char *title, const char *words, const char *licence)
{
    put_for(DOCUMENT_PUBLIC, title, words, licence);
}

static int set_up(void **state)
{
    (void)open_shelf(state);
    test.parent = answer;
    test_act_as(&test, test_person(&test, "direction@beauval.example", "Direction générale"), ROLE_ADMINISTRATOR);
    put("Tarifs de la cantine scolaire", "# Tarifs\n" CANTEEN, "acte-officiel");
    put("Règlement du cimetière", "Les concessions durent trente ans.", "acte-officiel");
    follow();
    says = (struct provider_state){.stage = PROVIDER_DONE, .said = STR("Un repas coûte 3,20 €."), .energy_uwh = -1};
    is_away = false;
    asked = silenced = 0;
    return 0;
}

static void decide(const char *provider)
{
    struct str body;
    char form[500];
    snprintf(form, sizeof form, "%s&provider=%s", DECIDED, provider);
    assert_int_equal(test_page(&test, "/assistant/model", form, &body), 303);
}

static void resident(void)
{
    test.actor = (struct actor){.address = STR(""), .name = STR("")};
}

/* ---- without a decision ---- */

static void without_a_decision_nothing_of_it_is_there(void **state)
{
    (void)state;
    struct str body;
    resident();
    assert_int_equal(test_page(&test, QUESTION, NULL, &body), 200);
    assert_true(test_response.is_unlisted); /* its title is somebody's question */
    assert_has(body, CANTEEN);
    assert_lacks(body, "machine, d’après");
    assert_lacks(body, "/assistant/model");
    assert_int_equal(asked, 0);
    assert_int_equal(test_page(&test, "/assistant/model", NULL, &body), 200);
    assert_has(body, "Aucun modèle de langue");
}

/* ---- decisions ---- */

static void a_decision_can_be_read_by_anybody(void **state)
{
    (void)state;
    struct str body;
    audit_row *rows;
    size_t count;
    decide(OUTSIDE);
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(audit_list(&ctx, 0, &rows, &count), OK);
    assert_true(str_eq(rows[0].kind, STR("assistant.model_on")));
    resident();
    assert_int_equal(test_page(&test, "/assistant/model", NULL, &body), 200);
    assert_has(body, "Conseil municipal, le 20 novembre 2026");
    assert_has(body, "Pour un an.");
    assert_has(body, "Usine");
    assert_has(body, "Corpus ouvert");
    assert_has(body, "non communiquée");
    assert_has(body, "Hors des machines du syndicat.");
    assert_has(body, "Seules des citations de documents publics");
    assert_lacks(body, "Direction générale");
    assert_lacks(body, "Débrancher");
}

static void what_is_not_known_is_said(void **state)
{
    (void)state;
    struct str body;
    decide(INSIDE);
    assert_int_equal(test_page(&test, "/assistant/model", NULL, &body), 200);
    assert_has(body, "non publiées");
    assert_has(body, "30 W");
    assert_has(body, "Sur les machines du syndicat.");
    assert_lacks(body, "Seules des citations de documents publics");
}

static void a_decision_is_whole_or_none(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        DECIDED,                                             /* about none */
        DECIDED "&provider=ours 1 http://127.0.0.1:8081/v1 petit", /* not as it was seen */
        "form_token=" TEST_TOKEN "&provider=" INSIDE "&decider=+&day=2026-11-20&words=x",
        "form_token=" TEST_TOKEN "&provider=" INSIDE "&decider=Maire&day=2026-11-20&words=",
        "form_token=" TEST_TOKEN "&provider=" INSIDE "&decider=Maire&day=2026-11-24&words=x", /* tomorrow */
        "form_token=" TEST_TOKEN "&provider=" INSIDE "&decider=Maire&day=hier&words=x",
    };
    struct decision decision;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct str body;
        assert_int_equal(test_page(&test, "/assistant/model", wrong[i], &body), 422);
        assert_has(body, "La décision n’est pas enregistrée");
        struct ctx ctx = test_ctx(&test);
        assert_int_equal(decision_now(&ctx, &decision), NOT_FOUND);
    }
}

static void texts_have_a_longest(void **state)
{
    (void)state;
    static char decider[DECISION_DECIDER_MAX + 1], words[DECISION_WORDS_MAX + 1];
    memset(decider, 'x', sizeof decider);
    memset(words, 'x', sizeof words);
    struct decision decision = {.day = date_of(2026, 11, 20), .card = {STR("a"), STR("b"), STR("c"), STR(""), STR(""),
                                                                        STR(""), STR(""), STR(""), false}};
    for (size_t more = 0; more < 3; more++) {
        struct ctx ctx = test_ctx(&test);
        decision.decider = (struct str){decider, DECISION_DECIDER_MAX + (more == 1)};
        decision.words = (struct str){words, DECISION_WORDS_MAX + (more == 2)};
        assert_int_equal(DO(&test, decision_record(&ctx, &decision)), more == 0 ? OK : INVALID);
    }
}

static void others_decide_nothing(void **state)
{
    (void)state;
    struct str body;
    test_act_as(&test, test_person(&test, "accueil@beauval.example", "Accueil"), ROLE_AGENT);
    assert_int_equal(test_page(&test, "/assistant/model/choose", NULL, &body), 403);
    assert_int_equal(test_page(&test, "/assistant/model", DECIDED "&provider=" INSIDE, &body), 403);
    assert_int_equal(test_page(&test, "/assistant/model/end", "form_token=" TEST_TOKEN, &body), 403);
    assert_int_equal(silenced, 0);
}

static void a_newer_decision_ends_the_one_before(void **state)
{
    (void)state;
    struct decision *decisions;
    size_t count;
    decide(INSIDE);
    decide(OUTSIDE);
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(decision_list(&ctx, &decisions, &count), OK);
    assert_int_equal(count, 2);
    assert_true(str_eq(decisions[0].card.name, STR("theirs")) && decisions[0].ended.ms == 0);
    assert_int_equal(decisions[1].ended.ms, TEST_NOW.ms);
    assert_int_equal(silenced, 2); /* what waited for the one before is dropped */
}

static void turned_off_it_is_off_at_once(void **state)
{
    (void)state;
    struct str body;
    decide(OUTSIDE);
    assert_int_equal(test_page(&test, "/assistant/model/end", "form_token=" TEST_TOKEN, &body), 303);
    assert_int_equal(silenced, 2);
    asked = 0;
    assert_int_equal(test_page(&test, QUESTION, NULL, &body), 200);
    assert_lacks(body, "Reformulation");
    assert_int_equal(asked, 0);
    assert_int_equal(test_page(&test, "/assistant/model", NULL, &body), 200);
    assert_has(body, "Terminée le"); /* and can be read on */
}

/* Where no role answers, an administrator can still turn it off, and is told why none can be chosen. */
static void without_a_role_it_is_turned_off_too(void **state)
{
    (void)state;
    struct str body;
    struct decision decision;
    decide(INSIDE);
    is_away = true;
    assert_int_equal(test_page(&test, "/assistant/model/choose", NULL, &body), 200);
    assert_has(body, "Aucun modèle ne peut être choisi");
    assert_int_equal(test_page(&test, "/assistant/model/end", "form_token=" TEST_TOKEN, &body), 303);
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(decision_now(&ctx, &decision), NOT_FOUND);
}

/* What a town brings in from another house plugs in nothing there. */
static void a_decision_brought_in_has_ended(void **state)
{
    (void)state;
    struct decision decision, *decisions;
    size_t count;
    struct ctx ctx = test_ctx(&test);
    struct sql_decision_export_row row = {.recorded_ms = 10, .ended_ms = 0, .day = 20000, .decider = STR("Maire"),
                                          .words = STR("x"), .provider = STR("ours"), .address = STR("http://[::1]/"),
                                          .model = STR("m"), .maker = STR(""), .licence = STR(""),
                                          .training = STR(""), .place = STR(""), .energy = STR("")};
    assert_int_equal(DO(&test, decision_take(&ctx, &row)), OK);
    assert_int_equal(decision_now(&ctx, &decision), NOT_FOUND);
    assert_int_equal(decision_list(&ctx, &decisions, &count), OK);
    assert_int_equal(count, 1);
    row.words = STR("");
    assert_int_equal(DO(&test, decision_take(&ctx, &row)), INVALID);
}

/* ---- what is sent ---- */

static void the_question_is_never_sent(void **state)
{
    (void)state;
    struct str body;
    static const char *const providers[] = {OUTSIDE, INSIDE};
    for (size_t i = 0; i < 2; i++) {
        decide(providers[i]);
        assert_int_equal(test_page(&test, QUESTION, NULL, &body), 200);
        assert_int_equal(asked, i + 1);
        assert_has(last.text, CANTEEN);
        assert_lacks(last.text, "Combien");
        assert_int_equal(last.is_outside, i == 0);
        assert_has(body, "Le texte exact envoyé");
        assert_true(str_find(body, last.text) != SIZE_MAX); /* whole, as it was sent */
    }
}

/* A right to short quotations is none to reword: only what may be shown whole is sent. */
static void what_may_only_be_quoted_is_not_sent(void **state)
{
    (void)state;
    struct str body;
    put("Tarifs de la piscine", "La piscine municipale coûte 4,10 € par entrée.", "reserve");
    put("Histoire", "Le moulin date de 1850.", "acte-officiel");
    follow();
    decide(INSIDE);
    assert_int_equal(test_page(&test, "/assistant?q=Combien%20co%C3%BBte%20la%20piscine%20%3F", NULL, &body), 200);
    assert_has(body, "4,10 €"); /* quoted */
    assert_int_equal(asked, 0);
    assert_lacks(body, "Reformulation");
}

static void a_refused_question_asks_no_model(void **state)
{
    (void)state;
    struct str body;
    decide(INSIDE);
    assert_int_equal(test_page(&test, "/assistant?q=Le%20poids%20de%20la%20tour%20Eiffel%20%3F", NULL, &body), 200);
    assert_int_equal(asked, 0);
}

/* ---- what is shown ---- */

static struct str shown(void)
{
    struct str body;
    assert_int_equal(test_page(&test, QUESTION, NULL, &body), 200);
    size_t quoted = str_find(body, STR("<article class=\"quote\""));
    size_t reworded = str_find(body, STR("Reformulation par une machine"));
    assert_true(quoted < reworded); /* the quotations first, whatever the machine does */
    return body;
}

static void a_rewording_stands_under_the_quotations(void **state)
{
    (void)state;
    decide(INSIDE);
    says.energy_uwh = 123456;
    struct str body = shown();
    assert_true(test_response.is_unlisted); /* search engines keep nothing of what a machine said */
    assert_has(body, "<span class=\"none\">Un repas coûte 3,20 €.</span></p>");
    assert_has(body, "0,12 Wh");
    assert_has(body, "Il peut être faux");
    assert_lacks(body, "data-moving");
    assert_lacks(body, "Phrase rayée");
    says.is_cut = true;
    assert_has(shown(), "n’est pas fini");
}

static void what_the_quotations_do_not_say_is_struck(void **state)
{
    (void)state;
    decide(INSIDE);
    says.said = STR("Un repas coûte 3,20 €. Il coûte 2 € le mardi. La demande se fait à Valmont. Ce n’est pas cher.");
    struct str body = shown();
    assert_has(body, "<span class=\"none\">Un repas coûte 3,20 €.</span></p>");
    assert_has(body, "<s class=\"none\">Il coûte 2 € le mardi.</s> <strong>Phrase rayée : « 2 € » n’est pas dans les"
                     " citations (chiffre ou date).</strong>");
    assert_has(body, "« Valmont » n’est pas dans les citations (nom)");
    assert_has(body, "(négation)");
    says.said = STR("<script>alert(3,20)</script>");
    assert_lacks(shown(), "<script>alert");
}

/* Every character has a mark and a word, and the three shares stand above. What another document says and the
 * quotations do not is without a source here. */
static void each_part_of_a_rewording_is_attributed(void **state)
{
    (void)state;
    decide(INSIDE);
    says.said = STR("Voici : la cantine scolaire coûte 3,20 € par repas pour les enfants. "
                    "La cantine scolaire coûte 3,20 € pour chaque enfant. "
                    "Ce tarif vaut partout. Les concessions sont longues et durent, en ville. Il coûte 2 €.");
    struct str body = shown();
    assert_has(body, "<span class=\"sr\">[Mot pour mot] </span><span class=\"x\">cantine scolaire coûte 3,20 € par"
                     " repas pour les enfants</span> <a href=\"#quote1\">[1]</a>");
    assert_has(body, "<span class=\"sr\">[Proche d’une source] </span><span class=\"near\">La cantine scolaire coûte"
                     " 3,20 € pour chaque enfant.</span> <a href=\"#quote1\">[1]</a>");
    assert_has(body, "<span class=\"sr\">[Sans source] </span><span class=\"none\">Ce tarif vaut partout.</span></p>");
    assert_has(body, "<span class=\"none\">Les concessions sont longues et durent, en ville.</span></p>");
    assert_has(body, "<span class=\"sr\">[Sans source] </span><s class=\"none\">Il coûte 2 €.</s>");
    assert_has(body, "<article class=\"quote\" id=\"quote1\">");
    /* 56 characters word for word, 52 close; 10, 22, 49 and 13 without. */
    assert_has(body, "<span class=\"x\">Mot pour mot</span> <span class=\"num\">28\u00a0%</span>");
    assert_has(body, "<span class=\"near\">Proche d’une source</span> <span class=\"num\">26\u00a0%</span>");
    assert_has(body, "<span class=\"none\">Sans source</span> <span class=\"num\">47\u00a0%</span>");
    assert_has(body, "dit où des mots se trouvent");
    says.said = STR("La cantine scolaire coûte 3,20 € par repas pour les enfants de Beauval.");
    assert_has(shown(), "<span class=\"x\">Mot pour mot</span> <span class=\"num\">100\u00a0%</span>");
    says.said = STR("Voici.\n…\n3,20 €");
    assert_has(shown(), "<p>…</p>");
}

/* The first quotation is of a text that may not be sent: the one that was bears the number of the page. */
static void a_part_leads_to_its_quotation(void **state)
{
    (void)state;
    put("Tarifs de la cantine scolaire", "# Tarifs\n" CANTEEN, "reserve");
    struct document_text national =
        shelf_text("Cantine scolaire", "La cantine scolaire coûte moins selon les revenus.");
    national.document.collection = STR("fiches");
    (void)shelf_put(national);
    follow();
    decide(INSIDE);
    says.said = STR("Selon les revenus, la cantine scolaire coûte moins.");
    struct str body = shown();
    assert_lacks(last.text, CANTEEN);
    assert_has(body, "<article class=\"quote\" id=\"quote2\">\n<blockquote lang=\"fr\" dir=\"ltr\"><p>« "
                     "<span class=\"x\">La cantine scolaire coûte moins selon");
    assert_has(body, "la cantine scolaire coûte moins.</span> <a href=\"#quote2\">[2]</a>");
}

static void a_rewording_comes_later(void **state)
{
    (void)state;
    decide(INSIDE);
    says.stage = PROVIDER_RUNS;
    says.place = 1;
    struct str body = shown();
    assert_has(body, "data-moving");
    assert_has(body, "est en route");
    says.stage = PROVIDER_WAITS;
    says.place = 3;
    assert_has(shown(), "place 3 dans la file");
}

static void each_failure_is_said(void **state)
{
    (void)state;
    static const char *const words[PROVIDER_FAILURES] = {
        [PROVIDER_AWAY] = "ne peut pas être jointe", [PROVIDER_SLOW] = "dans le temps permis",
        [PROVIDER_REFUSED] = "a refusé",             [PROVIDER_ILL] = "en panne",
        [PROVIDER_MOVED] = "à une autre adresse",    [PROVIDER_LONG] = "trop longuement",
        [PROVIDER_ODD] = "pas lisible",              [PROVIDER_CHANGED] = "n’est plus celle",
        [PROVIDER_UNUSABLE] = "ne peut pas être chargé", [PROVIDER_NARROW] = "plus long que"};
    decide(INSIDE);
    says.said = STR("");
    for (int i = PROVIDER_AWAY; i < PROVIDER_FAILURES; i++) {
        says.failure = i;
        assert_true(str_find(shown(), str_of(words[i])) != SIZE_MAX);
    }
    says = (struct provider_state){.stage = PROVIDER_FULL, .said = STR("")};
    assert_has(shown(), "Trop de demandes attendent");
    says = (struct provider_state){.stage = 77, .said = STR("")};
    assert_has(shown(), "ne peut pas être jointe");
    is_away = true;
    assert_has(shown(), "ne peut pas être jointe");
}

/* An agent's page quotes both; what is for agents goes to a model of the house alone. */
static void what_is_for_agents_stays_in_the_house(void **state)
{
    (void)state;
    struct str body;
    put_for(DOCUMENT_AGENTS, "Cantine : consigne", "La cantine scolaire ferme avec la clé bleue, dit la consigne.",
            "acte-officiel");
    follow();
    for (int i = 0; i < 2; i++) {
        bool is_outside = i == 1;
        decide(is_outside ? OUTSIDE : INSIDE);
        last.text = STR("");
        assert_int_equal(test_page(&test, "/assistant?q=Quelle+cl%C3%A9+ferme+la+cantine+scolaire+%3F", NULL, &body),
                         200);
        assert_has(body, "clé bleue");
        assert_true((str_find(last.text, STR("clé bleue")) == SIZE_MAX) == is_outside);
    }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, close_shelf)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(without_a_decision_nothing_of_it_is_there),
        CASE(a_decision_can_be_read_by_anybody),
        CASE(what_is_not_known_is_said),
        CASE(a_decision_is_whole_or_none),
        CASE(texts_have_a_longest),
        CASE(others_decide_nothing),
        CASE(a_newer_decision_ends_the_one_before),
        CASE(turned_off_it_is_off_at_once),
        CASE(without_a_role_it_is_turned_off_too),
        CASE(a_decision_brought_in_has_ended),
        CASE(the_question_is_never_sent),
        CASE(what_may_only_be_quoted_is_not_sent),
        CASE(a_refused_question_asks_no_model),
        CASE(a_rewording_stands_under_the_quotations),
        CASE(what_the_quotations_do_not_say_is_struck),
        CASE(each_part_of_a_rewording_is_attributed),
        CASE(a_part_leads_to_its_quotation),
        CASE(a_rewording_comes_later),
        CASE(each_failure_is_said),
        CASE(what_is_for_agents_stays_in_the_house),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
