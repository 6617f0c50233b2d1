// Charts, budgets and files for the accountant as the verbs of accounting read them.
import fs from 'node:fs';

// planDeCompte.xml with one account for each code, all within the first.
export function plan(codes) {
  const [first, ...others] = codes.map((code) => `<Compte Code="${code}" Libelle="Compte ${code}" DR="011"`);
  return `<Nomenclature Norme="M57" Declinaison="M57_T" Exer="2024"><Nature>
<Chapitres><Chapitre Code="011" Libelle="Charges" Section="F"/></Chapitres>
<Comptes>
${first}>
${others.map((one) => `${one}/>`).join('\n')}
</Compte></Comptes></Nature></Nomenclature>`;
}

const budgetLine = (nature, chapter, sense) => `<LigneBudget><Nature V="${nature}"/><ContNat V="${chapter}"/><CodRD V="${sense}"/>
<MtPrev V="5.5"/><CredOuv V="5.50"/><OpBudg V="0"/></LigneBudget>`;
export const budget = (siret) => `<DocumentBudgetaire><EnTeteDocBudgetaire><IdColl V="${siret}"/></EnTeteDocBudgetaire><Budget>
<EnTeteBudget><LibelleEtab V="B"/><Nomenclature V="M57-M57_A"/></EnTeteBudget><BlocBudget><NatDec V="01"/><Exer V="2023"/></BlocBudget>
${budgetLine('60611', '011', 'D')}${budgetLine('73111', '731', 'R')}</Budget></DocumentBudgetaire>`;

// A single financial account: what the town says was done, and what the accountant did.
export const cfu = (town, accountant) => `<CompteFinancierUnique><DocumentComptable><BudgetComptable SIRET="21560046100010">
<LigneComptable><Etat V="EB_DF"/><Nature V="60611"/><Chapitre V="011"/><CodeRD V="D"/><Section V="F"/><MtEmissions V="${accountant}"/>
<MtRealNettes V="${accountant}"/><ModeTraitement V="DETAIL_CHAPITRE"/></LigneComptable></BudgetComptable></DocumentComptable>
${budget('21560046100010').replace('"01"', '"10"').replace('<OpBudg', `<MtReal V="${town}"/><OpBudg`)}</CompteFinancierUnique>`;

export const grants = () => budget('21560046100010').replace('</Budget>', `<Annexes><DATA_CONCOURS><CONCOURS><CodNatJurBenefCA V="P1"/>
<LibOrgaBenef V="Club"/><MtSubv V="5"/></CONCOURS><CONCOURS><CodNatJurBenefCA V="P3"/><LibOrgaBenef V="Personne"/><MtSubv V="6"/></CONCOURS>
</DATA_CONCOURS></Annexes></Budget>`);

export const accountantFiles = () => {
  const read = (name) => fs.readFileSync(new URL(`../corpus/pes/${name}.xml`, import.meta.url), 'latin1');
  // The same where it is to be signed: it says so, and its running sum.
  const unsigned = read('expense').replace('</EnTeteDepense>', '<InfoDematerialisee V="1"/></EnTeteDepense>')
    .replace('<MtBordHT', '<MtCumulAnnuel V="100.50"/><MtBordHT');
  return { unsigned, mandat: read('expense'), doubtful: read('expense').replace('<NbrPce V="1"/>', '<NbrPce V="2"/>'), acquit: read('acquit'),
    retour: '<PES_Retour xmlns="http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/retour"/>' };
};
