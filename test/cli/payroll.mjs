// Verbs of a town's pay as somebody types them: in a town without agents, and what is refused.
export async function payrollVerbs(parvis, say) {
  let text = '';
  for (const words of [['run', 'beauval', '2026-13'], ['run', 'nowhere', '2026-03'], ['run', 'beauval', '2026-03'], ['run', 'beauval', '2026-03'],
    ['explain', 'beauval', '2026-03/AG0001'], ['explain', 'beauval', '7'], ['verify', 'beauval']]) text += await say(parvis, ['payroll', ...words]);
  return text;
}
