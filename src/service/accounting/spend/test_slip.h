/* For tests: a bordereau of one mandat that was signed, its file, and the file signed elsewhere. */
#ifndef SERVICE_ACCOUNTING_SPEND_TEST_SLIP_H
#define SERVICE_ACCOUNTING_SPEND_TEST_SLIP_H

#include "document/test_sign.h"

#include "service/accounting/pes/pes_signed.h"
#include "service/accounting/spend/slip_file.h"
#include "service/accounting/spend/test_spend.h"

enum { FILE_MAX = 1 << 20 };

/* A signed bordereau of one mandat with its bill, the town's first. */
static inline struct slip a_signed_slip(void)
{
    struct ctx ctx;
    struct slip slip;
    opens_credits();
    confirm_account();
    leads(ENGAGE, "object=Papier&party=" SUPPLIER "&account=60632&amount=1200,50&day=2026-11-02",
          "/accounting/engagements/2?saved=1");
    leads("/accounting/engagements/2/attest", "day=2026-11-10&amount=1200,50", "/accounting/engagements/2?saved=1");
    leads(BILL,
          "party=" SUPPLIER "&number=F-1&issued=2026-11-11&received=2026-11-12&net=1000,42&tax=200,08&engagement=1",
          "/accounting/bills/1?saved=1");
    leads("/accounting/bills/1/order", "day=2026-11-20&object=Papier", "/accounting/pieces/3?saved=1");
    leads("/accounting/years/1/2026/slip", "piece=3", "/accounting/slips/1?saved=1");
    struct str body;
    assert_int_equal(test_page(&test, "/accounting/slips/1/pes.xml", NULL, &body), 409); /* not signed yet */
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    leads("/accounting/slips/1/sign", "", "/accounting/slips/1?saved=1");
    ctx = test_ctx(&test);
    assert_int_equal(slip_get(&ctx, 1, &slip), OK);
    return slip;
}

static inline void the_file(const struct slip *slip, struct buf *out)
{
    struct ctx ctx = test_ctx(&test);
    struct faults *faults = faults_new(test.arena);
    enum status done = slip_file_write(&ctx, slip, out, faults);
    for (size_t i = 0; i < faults->count; i++)
        print_message("%.*s %.*s: %.*s\n", STR_ARG(faults->kept[i].rule), STR_ARG(faults->kept[i].place),
                      STR_ARG(faults->kept[i].mend));
    assert_int_equal(done, OK);
}

static inline enum status give_back(const struct slip *slip, struct str bytes)
{
    struct ctx ctx = test_ctx(&test);
    struct faults *faults = faults_new(test.arena);
    return DO(&test, slip_file_take(&ctx, slip, bytes, faults));
}

/* As pes_sign does elsewhere, with a key this town never sees. */
static inline void sign(struct str file, struct buf *out)
{
    struct sign_key *key SIGN_KEY_SCOPE = test_key(NULL);
    struct faults *faults = faults_new(test.arena);
    assert_int_equal(pes_sign(out, file, key, test_sign_now, faults), OK);
}

#endif
