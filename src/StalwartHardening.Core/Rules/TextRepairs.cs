using StalwartHardening.Remedies;
using StalwartHardening.Server;

namespace StalwartHardening.Rules;

/// <summary>Remedies of what is wrong in a text and so no setting at all.</summary>
internal static class TextRepairs
{
    public static IEnumerable<Remedy> For(Rule rule, Finding finding)
    {
        var repair = finding.Subject switch
        {
            Refusal refusal => refusal.Repair,
            Surprise surprise => surprise.Repair,
            _ => null,
        };
        return repair is null ? [] : [new Remedy(repair.Title, $"review/{rule.Id}/repair", RemedySafety.Review, [repair.Edit]) { LetsMoreTakeEffect = true }];
    }
}
