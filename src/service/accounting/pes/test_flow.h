/* A flow with everything that a town sends, for tests: mandats and titres of one bordereau each, as many as wanted. */
#ifndef SERVICE_ACCOUNTING_PES_TEST_FLOW_H
#define SERVICE_ACCOUNTING_PES_TEST_FLOW_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#include "service/accounting/pes/pes_write.h"

enum { FLOW_PIECES = 500, FLOW_ARENA = 32 << 20, FLOW_WORDS = 1 << 16 };

/* What a test changes before it writes. */
struct flow {
    struct pes_flow file;
    struct pes_slip slips[2];
    struct pes_piece mandats[FLOW_PIECES], titres[FLOW_PIECES];
    struct pes_line mandat_line, titre_line;
    struct pes_person payee, debtor;
    struct pes_address address;
    struct pes_account account;
    struct pes_delay delay;
    struct pes_reference reference;
    struct pes_document document;
    struct pes_document_of of;
};

static inline void flow_persons(struct flow *flow)
{
    flow->address = (struct pes_address){.street = STR("1 rue de l’Église"), .postcode = STR("56000"),
                                         .town = STR("VANNES")};
    flow->account = (struct pes_account){.iban = STR("FR7630006000011234567890189"), .holder = STR("PAPETERIE")};
    flow->payee = (struct pes_person){.number = STR("21560046100085"), .number_kind = STR("01"),
                                      .category = STR("50"), .nature = STR("03"), .name = STR("PAPETERIE"),
                                      .address = &flow->address, .account = &flow->account};
    flow->debtor = (struct pes_person){.category = STR("01"), .nature = STR("01"), .title = STR("MME"),
                                       .name = STR("ACCUEIL"), .first_name = STR("MAIRIE"),
                                       .address = &flow->address};
}

static inline void flow_pieces(struct flow *flow, size_t count)
{
    flow->mandat_line = (struct pes_line){.nature = STR("6064"), .way = STR("03"), .plain = {10050},
                                          .invoice = STR("FA-2026-11"), .label = STR("Papier"),
                                          .persons = &flow->payee, .person_count = 1};
    flow->titre_line = (struct pes_line){.nature = STR("7067"), .product = STR("CANT"), .plain = {8000}, .tax = {1600},
                                         .persons = &flow->debtor, .person_count = 1};
    for (size_t i = 0; i < count; i++) {
        flow->mandats[i] = (struct pes_piece){.number = (uint32_t)(34 + i), .kind = STR("01"), .nature = STR("01"),
                                              .object = STR("Papier d’écriture"), .lines = &flow->mandat_line,
                                              .line_count = 1, .delay = &flow->delay};
        flow->titres[i] = (struct pes_piece){.number = (uint32_t)(7 + i), .kind = STR("01"), .nature = STR("01"),
                                             .object = STR("Cantine"), .lines = &flow->titre_line, .line_count = 1};
    }
    flow->mandats[0].documents = &flow->reference;
    flow->mandats[0].document_count = 1;
}

static inline void flow_document(struct flow *flow)
{
    flow->reference = (struct pes_reference){.support = STR("01"), .id = STR("PJ1"), .name = STR("facture.pdf")};
    flow->of = (struct pes_document_of){.part = STR("01"), .year = 2026, .object_kind = STR("01"), .object = 34};
    flow->document = (struct pes_document){.id = STR("PJ1"), .name = STR("facture.pdf"), .kind = STR("003"),
                                           .about = STR("Facture"), .media = STR("application/pdf"),
                                           .bytes = STR("%PDF-1.7 of a test"), .of = &flow->of, .of_count = 1};
}

/* One bordereau of so many mandats and one of as many titres. Borrows from itself: it is never copied. */
static inline void flow_make(struct flow *flow, size_t count)
{
    struct date day = date_of(2026, 3, 2);
    flow->delay = (struct pes_delay){.from = date_of(2026, 2, 10), .until = date_of(2026, 3, 12), .days = 30};
    flow_persons(flow);
    flow_document(flow);
    flow_pieces(flow, count);
    flow->slips[0] = (struct pes_slip){.year = 2026, .number = 12, .kind = STR("01"), .day = day,
                                       .has_running = true, .before = {400000}, .pieces = flow->mandats,
                                       .piece_count = count};
    flow->slips[1] = (struct pes_slip){.is_receipt = true, .year = 2026, .number = 3, .kind = STR("01"), .day = day,
                                       .pieces = flow->titres, .piece_count = count};
    flow->file = (struct pes_flow){.file_name = STR("BEAUVAL-2026-12"), .editor = STR("PARVIS"), .day = day,
                                   .post = STR("056025"), .siret = STR("21560046100010"),
                                   .collectivity = STR("520"), .budget = STR("00"), .slips = flow->slips,
                                   .slip_count = 2, .documents = &flow->document, .document_count = 1};
}

/* Writes it; the rules that its faults break, in turn, each with its place where `with_places`. */
static inline enum status flow_write(const struct flow *flow, struct buf *out, bool with_places, struct buf *ret_said)
{
    struct arena *arena ARENA_SCOPE = arena_create(FLOW_ARENA);
    struct faults *faults = arena_new(arena, struct faults);
    faults->arena = arena;
    enum status done = pes_write(out, &flow->file, NULL, faults);
    for (size_t i = 0; i < faults->count; i++) {
        const struct fault *one = &faults->kept[i];
        buf_add_format(ret_said, "%s%.*s", i > 0 ? "; " : "", STR_ARG(one->rule));
        if (with_places)
            buf_add_format(ret_said, " %.*s = %.*s", STR_ARG(one->place), STR_ARG(one->value));
    }
    return done;
}

#endif
