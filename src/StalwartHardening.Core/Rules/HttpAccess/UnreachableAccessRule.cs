using StalwartHardening.Remedies;
using StalwartHardening.Server;

namespace StalwartHardening.Rules.HttpAccess;

/// <summary>A rule of the access control that never decides.</summary>
internal sealed class UnreachableAccessRule() : Rule(
    id: "SWH2009",
    title: "Remove unreachable access rules",
    message: "This rule never decides: {0}. Remove it, or move it before the rule that hides it.",
    why: "The first rule whose condition holds decides. A rule that no request can reach looks like protection, or like access, that is not there.",
    remedy: "Remove the rule, correct its condition, or move it before the one that hides it.")
{
    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        var policy = server.HttpAccess;
        if (!policy.IsInForce || policy.IsUnknown)
            return;
        var reasons = AccessRuleReach.Of(policy);
        for (var i = 0; i < reasons.Length; i++)
        {
            var condition = policy.Block.Rules[i].If.Setting;
            if (reasons[i] is { } reason)
                judgement.Add(new Finding(this, condition.ValueSpan, condition.Key, reason));
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding)
    {
        // Without any rule an "else" is an error, and an error lets everything through.
        if (server.HttpAccess.Block.Rules.Count >= 2 && server.HttpAccess.Edits.RemoveRule(finding.SettingKey) is { } removal)
            yield return new Remedy("Remove the rule that never decides", "safe/SWH2009/remove", RemedySafety.Safe, [removal]);
    }
}
