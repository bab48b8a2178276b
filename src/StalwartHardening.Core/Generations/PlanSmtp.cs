using StalwartHardening.Expressions;
using StalwartHardening.Plans;
using StalwartHardening.Server.Sessions;

namespace StalwartHardening.Generations;

/// <summary>What a plan's server demands of SMTP sessions: expressions in the singletons of the stages (<c>registry/src/schema/structs_impl.rs</c>, 0.16.18).</summary>
internal static class PlanSmtp
{
    public static SmtpPolicy Read(PlanServer server) => new(
        Rule(server, "MtaStageAuth", "require"),
        Rule(server, "MtaStageAuth", "saslMechanisms"),
        Rule(server, "MtaStageAuth", "mustMatchSender"),
        Rule(server, "MtaStageRcpt", "allowRelaying"),
        Rule(server, "MtaExtensions", "vrfy"),
        Rule(server, "MtaExtensions", "expn"),
        hasStrictDefaults: true);

    private static SmtpRule Rule(PlanServer server, string type, string field)
    {
        var key = PlanKey.Join(type, field);
        var state = server.Reading.Run.State;
        if (state.Singleton(type) is not { } stage)
            return SmtpRule.Create(key, new IfBlock(), PlanSchema.Instance.FindObject(type.AsSpan()) is { } known && state.MayHoldMore(known));
        if (stage[field] is not { } expression || expression.Kind == PlanValueKind.Unknown)
            return SmtpRule.Create(key, new IfBlock(), isUnknown: true);
        if (!expression.IsWritten && !server.IsDeclared(key))
            return SmtpRule.Create(key, new IfBlock(), isUnknown: false);
        var language = ExpressionLanguage.ObjectsOf(server.Version.Patch, PlanExpressions.ScopeOf(type, field));
        return SmtpRule.Create(key, PlanExpressions.Read(expression, key, DefaultOf(expression), language), isUnknown: false);
    }

    // What 'else' is where an operation wrote other parts only.
    private static string DefaultOf(PlanValue expression) => expression["else"] is { Kind: PlanValueKind.Text } otherwise ? otherwise.Content : "";
}
