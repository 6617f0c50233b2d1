/* For tests of receipts: the file of a bordereau, looked at by every rule and by the schema made of the same tables. */
#ifndef SERVICE_ACCOUNTING_RECEIPT_TEST_RECEIPT_H
#define SERVICE_ACCOUNTING_RECEIPT_TEST_RECEIPT_H

#include <unistd.h>

#include "document/test_tool.h"
#include "service/accounting/spend/slip_file.h"
#include "service/accounting/spend/test_spend.h"
#include "service/accounting/test_shared.h"

enum { SLIP_TEXT_MAX = 1 << 20, COMMAND_MAX = 400 };

static inline void sign_slip(const char *slip)
{
    char path[64], to[64];
    snprintf(path, sizeof path, "%s/sign", slip);
    snprintf(to, sizeof to, "%s?saved=1", slip);
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    leads(path, "", to);
    test_act_as(&test, clerk, ROLE_AGENT);
}

/* Of the arena of the test. pes_write has looked at it by every rule. */
static inline struct str file_of(int64_t slip_id)
{
    struct buf file BUF_SCOPE = BUF_INIT(SLIP_TEXT_MAX);
    struct ctx ctx = test_ctx(&test);
    struct faults *faults = faults_new(test.arena);
    struct slip slip;
    assert_int_equal(slip_get(&ctx, slip_id, &slip), OK);
    enum status done = slip_file_write(&ctx, &slip, &file, faults);
    for (size_t i = 0; i < faults->count; i++)
        print_message("%.*s %.*s: %.*s\n", STR_ARG(faults->kept[i].rule), STR_ARG(faults->kept[i].place),
                      STR_ARG(faults->kept[i].mend));
    assert_int_equal(done, OK);
    return str_copy(test.arena, buf_str(&file));
}

static inline void schema_takes(struct str file)
{
    char command[COMMAND_MAX], path[] = "/tmp/parvis-slip-XXXXXX";
    shared_need("the schema of PES");
    tool_need("xmllint");
    int fd = mkstemp(path);
    assert_true(fd >= 0 && close(fd) == 0);
    snprintf(command, sizeof command,
             "xmllint --nonet --noout --schema %s/data/finance/pes/tables/pes_aller_reconstructed.xsd %%s 2>&1 || true",
             shared_folder());
    tool_put(path, file);
    const char *said = tool_ask(command, path);
    if (strstr(said, "validates") == NULL)
        fail_msg("%s", said);
    unlink(path);
}

#endif
