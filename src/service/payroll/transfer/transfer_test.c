#include "service/payroll/transfer/transfer.h"

#include "document/test_tool.h"
#include "document/xml.h"
#include "service/payroll/transfer/transfer_letters.h"

enum { ARENA = 64 << 20, OUT_MAX = 64 << 20, MANY = 1000 };

static const struct transfer_payment payments[] = {
    {STR_INIT("AGENT 00001"), STR_INIT("FR7630006000011234567890189"), STR_INIT("AGRIFRPP"), STR_INIT("P-1"), 179214},
    {STR_INIT("L’ÉCOLE & FILS"), STR_INIT("DE89370400440532013000"), STR_INIT("COBADEFFXXX"), STR_INIT("P-2"), 1},
    {STR_INIT("AGENT 00003"), STR_INIT("GB82WEST12345698765432"), {NULL, 0}, STR_INIT("P-3"), 99999999999},
};

static struct transfer_order order_of(enum transfer_form form)
{
    return (struct transfer_order){.form = form,
                                   .message = STR("PAIE-2026-03"),
                                   .made = {INT64_C(1774602000000)},
                                   .day = date_of(2026, 3, 30),
                                   .name = STR("COMMUNE D’ESSAI"),
                                   .iban = STR("FR7630001007941234567890185"),
                                   .bic = STR("BDFEFRPPCCT"),
                                   .words = STR("PAIE 03 2026"),
                                   .is_salary = true,
                                   .payments = payments,
                                   .count = sizeof payments / sizeof *payments};
}

static void what_is_written_adds_up(void **state)
{
    (void)state;
    for (int form = TRANSFER_PAIN_03; form <= TRANSFER_PAIN_09; form++) {
        struct arena *arena ARENA_SCOPE = arena_create(ARENA);
        struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX);
        struct transfer_order order = order_of((enum transfer_form)form);
        struct transfer_fault fault;
        struct xml_fault wrong;
        struct xml *root;
        assert_int_equal(transfer_write(arena, &out, &order, &fault), OK);
        assert_int_equal(xml_read(arena, buf_str(&out), &root, &wrong), OK);
        struct xml *head = xml_child(xml_child(root, "CstmrCdtTrfInitn"), "GrpHdr");
        struct xml *info = xml_child(xml_child(root, "CstmrCdtTrfInitn"), "PmtInf");
        assert_true(str_eq(xml_text(arena, xml_child(head, "NbOfTxs")), STR("3")));
        assert_true(str_eq(xml_text(arena, xml_child(head, "CtrlSum")), STR("1000001792.14")));
        assert_true(str_eq(xml_text(arena, xml_child(info, "CtrlSum")), STR("1000001792.14")));
        struct xml *second = xml_next(xml_child(info, "CdtTrfTxInf"), "CdtTrfTxInf");
        assert_true(str_eq(xml_text(arena, xml_child(xml_child(second, "Cdtr"), "Nm")), STR("L'ECOLE + FILS")));
        assert_true(str_eq(xml_text(arena, xml_child(xml_child(second, "Amt"), "InstdAmt")), STR("0.01")));
        assert_null(xml_child(xml_next(second, "CdtTrfTxInf"), "CdtrAgt"));
    }
}

static void asked(const char *path, const char *file, const char *wanted)
{
    char command[250];
    snprintf(command, sizeof command, "xmllint --nonet --xpath \"%s\" %%s", path);
    assert_string_equal(tool_ask(command, file), wanted);
}

/* libxml2 reads count and sum again, by its own arithmetic. */
static void another_reader_comes_to_the_same(void **state)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX);
    struct transfer_payment *many = arena_array(arena, struct transfer_payment, MANY);
    struct transfer_order order = order_of(TRANSFER_PAIN_09);
    struct transfer_fault fault;
    char file[] = "/tmp/parvis-transfer-XXXXXX";
    (void)state;
    tool_need("xmllint");
    for (size_t i = 0; i < MANY; i++) {
        many[i] = payments[0];
        many[i].cents = (int64_t)(i * 7919 % 500000 + 1);
        many[i].reference = str_format(arena, "P-%zu", i);
    }
    order.payments = many;
    order.count = MANY;
    assert_int_equal(transfer_write(arena, &out, &order, &fault), OK);
    int handle = mkstemp(file);
    assert_true(handle >= 0);
    tool_put(file, buf_str(&out));
    asked("concat(count(//*[local-name()='CdtTrfTxInf']), ' ', //*[local-name()='NbOfTxs'])", file, "1000 1000\n");
    asked("round(sum(//*[local-name()='InstdAmt']) * 100) = "
          "round(//*[local-name()='CtrlSum'][1] * 100)", file, "true\n");
    asked("namespace-uri(/*)", file, "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09\n");
    remove(file);
}

static void refused(struct transfer_order order, const char *what, size_t place)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX);
    struct transfer_fault fault = {"", 0};
    assert_int_equal(transfer_write(arena, &out, &order, &fault), INVALID);
    assert_string_equal(fault.what, what);
    assert_int_equal(fault.place, place);
    assert_int_equal(out.len, 0);
}

static void wrong_payment(struct transfer_payment payment, const char *what)
{
    struct transfer_order order = order_of(TRANSFER_PAIN_03);
    struct transfer_payment two[2] = {payments[0], payment};
    order.payments = two;
    order.count = 2;
    refused(order, what, 1);
}

static void what_cannot_be_paid_is_refused(void **state)
{
    struct transfer_order order = order_of(TRANSFER_PAIN_03);
    struct transfer_payment payment = payments[1];
    (void)state;
    order.count = 0;
    refused(order, "none", SIZE_MAX);
    order.count = TRANSFER_PAYMENTS_MAX + 1;
    refused(order, "many", SIZE_MAX);
    order = order_of(TRANSFER_PAIN_03);
    order.message = STR("/A");
    refused(order, "message", SIZE_MAX);
    order.message = STR("A//B");
    refused(order, "message", SIZE_MAX);
    order = order_of(TRANSFER_PAIN_03);
    order.words = STR("Ἀ");
    refused(order, "words", SIZE_MAX);
    order = order_of(TRANSFER_PAIN_03);
    order.iban = STR("FR7630001007941234567890186");
    refused(order, "iban", SIZE_MAX);
    payment.cents = 0;
    wrong_payment(payment, "amount");
    payment.cents = -1;
    wrong_payment(payment, "amount");
    payment.cents = TRANSFER_CENTS_MAX + 1;
    wrong_payment(payment, "amount");
    payment = payments[1];
    payment.iban = STR("DE89370400440532013001");
    wrong_payment(payment, "iban");
    payment.iban = STR("DE89 3704 0044 0532 0130 00");
    wrong_payment(payment, "iban");
    payment = payments[1];
    payment.bic = STR("COBA1EFF");
    wrong_payment(payment, "bic");
    payment.bic = STR("COBADEF");
    wrong_payment(payment, "bic");
    payment = payments[1];
    payment.name = STR(" ");
    wrong_payment(payment, "name");
    payment.name = STR("A<B");
    wrong_payment(payment, "name");
    payment.name = STR("123456789012345678901234567890123456789012345678901234567890123456789012");
    wrong_payment(payment, "name");
    payment = payments[1];
    payment.reference = payments[0].reference;
    wrong_payment(payment, "twice");
    payment.reference = STR("");
    wrong_payment(payment, "reference");
}

/* Bad input 18: one IBAN for two. */
static void a_shared_account_is_told(void **state)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct transfer_order order = order_of(TRANSFER_PAIN_03);
    struct transfer_payment three[3] = {payments[0], payments[1], payments[0]};
    size_t one, other;
    (void)state;
    assert_int_equal(transfer_shared(arena, &order, 0, &one, &other), NOT_FOUND);
    order.payments = three;
    assert_int_equal(transfer_shared(arena, &order, 0, &one, &other), OK);
    assert_int_equal(one, 0);
    assert_int_equal(other, 2);
    assert_int_equal(transfer_shared(arena, &order, 3, &one, &other), NOT_FOUND);
}

static void letters_are_those_banks_take(void **state)
{
    static const struct {
        const char *text, *wanted;
    } known[] = {{"Élève Ça", "Eleve Ca"}, {"L’œuvre", "L'oeuvre"}, {"ŒUVRE", "OEUVRE"}, {"A & B_c", "A + B-c"},
                 {"a\xC2\xA0z – (1/2): ?,.+", "a z - (1/2): ?,.+"}};
    static const char *const wrong[] = {"", "  ", "a\nb", "a\"b", "€", "a*b", "×", "\xFF", "a;b"};
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct buf out BUF_SCOPE = BUF_INIT(100);
        assert_int_equal(transfer_letters(&out, str_of(known[i].text), 70), OK);
        assert_true(str_eq(buf_str(&out), str_of(known[i].wanted)));
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct buf out BUF_SCOPE = BUF_INIT(100);
        assert_int_equal(transfer_letters(&out, str_of(wrong[i]), 70), INVALID);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_adds_up),
        cmocka_unit_test(another_reader_comes_to_the_same),
        cmocka_unit_test(what_cannot_be_paid_is_refused),
        cmocka_unit_test(a_shared_account_is_told),
        cmocka_unit_test(letters_are_those_banks_take),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
