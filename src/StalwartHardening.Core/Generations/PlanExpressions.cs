using StalwartHardening.Expressions;
using StalwartHardening.Plans;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>Brings the values of a plan and the expression language together: what they compile to, and what keeps them from it.</summary>
internal static class PlanExpressions
{
    /// <summary>The block that an expression of the server's state compiles to.</summary>
    /// <param name="expression">The value, with <c>else</c> and <c>match</c>.</param>
    /// <param name="key">The key that its settings begin with.</param>
    /// <param name="otherwise">What <c>else</c> is where nobody wrote one.</param>
    /// <param name="language">The words it may use.</param>
    public static IfBlock Read(PlanValue expression, string key, string otherwise, ExpressionLanguage language) =>
        ObjectBlockReader.Read(NodeOf(expression), key, otherwise, language, PlaceInValue(expression));

    /// <summary>What does not compile in an expression where it is; null where it compiles, or is not known.</summary>
    public static PlanExpressionError? FindError(PlanExpression written, int patch)
    {
        var language = ExpressionLanguage.ObjectsOf(patch, ScopeOf(written.Type.Name, written.Field), ConstantsOf(written.Type.Name, written.Field));
        var block = ObjectBlockReader.Read(NodeOf(written.Expression, written.Known), written.Field, "", language, PlaceInValue(written.Expression));
        foreach (var problem in block.Problems)
        {
            if (problem.Kind == IfBlockProblemKind.Expression && TextAt(written, problem.Setting.Key) is { } text)
                return new PlanExpressionError(text, problem.Message + ".");
        }

        return null;
    }

    // registry/src/schema/structs_impl.rs, ctx_*: which variables a field's expressions may use.
    internal static ExpressionScope ScopeOf(string type, string field) => (type, field) switch
    {
        ("Http", _) => ExpressionScope.HttpRequest,
        ("MtaStageConnect" or "MtaStageEhlo" or "MtaInboundSession", _) or ("SenderAuth", "spfEhloVerify" or "spfFromVerify" or "reverseIpVerify") => ExpressionScope.SmtpConnection,
        ("MtaStageAuth", "mustMatchSender") or ("MtaExtensions" or "MtaStageMail", _) or ("MtaStageRcpt", "maxFailures" or "waitOnFail" or "maxRecipients") => ExpressionScope.SmtpSender,
        ("MtaStageAuth", _) => ExpressionScope.SmtpAuthentication,
        ("MtaStageRcpt" or "MtaStageData" or "MtaHook" or "MtaMilter" or "MtaInboundThrottle" or "SenderAuth", _) => ExpressionScope.SmtpRecipient,
        ("MtaOutboundStrategy", "tls" or "connection") => ExpressionScope.QueueHost,
        ("MtaOutboundStrategy", _) => ExpressionScope.QueueRecipients,
        _ => ExpressionScope.Unknown,
    };

    // The same place: fields that take a word of a list. The others list none, and then the server takes any.
    internal static ExpressionConstants ConstantsOf(string type, string field) => (type, field) switch
    {
        ("MtaStageAuth", "saslMechanisms") => ExpressionConstants.Mechanisms,
        ("SenderAuth", not "dkimSignDomain") => ExpressionConstants.Verification,
        ("MtaExtensions", "mtPriority") => ExpressionConstants.Priorities,
        ("TlsReportSettings", "sendFrequency") or ("DmarcReportSettings", "aggregateSendFrequency") => ExpressionConstants.ReportFrequency,
        _ => ExpressionConstants.All,
    };

    private static ObjectNode NodeOf(PlanValue value, HashSet<PlanValue>? passedOver = null)
    {
        var span = value.Span ?? default;
        if (value.Kind == PlanValueKind.Unknown || value.Members is { MayHoldMore: true })
            return new ObjectNode(ObjectNodeKind.Unknown, span);
        if (value.Kind == PlanValueKind.Text)
            return new ObjectNode(value.IsUnknown ? ObjectNodeKind.Unknown : ObjectNodeKind.Text, span) { Text = value.Content };
        var members = new List<ObjectMember>();
        if (value.Type is { } type)
        {
            foreach (var field in type.Fields)
            {
                if (value.Fields![field.Ordinal] is { } own)
                    members.Add(new ObjectMember(field.Name, own.NameSpan ?? default, NodeOf(own, passedOver)));
            }
        }
        else if (value.Members is { } list)
        {
            for (var i = 0; i < list.Count; i++)
            {
                if (passedOver?.Contains(list[i].Value) != true)
                    members.Add(new ObjectMember(list[i].Key, list[i].Value.NameSpan ?? default, NodeOf(list[i].Value)));
            }
        }
        else
        {
            return new ObjectNode(ObjectNodeKind.Other, span);
        }

        return new ObjectNode(ObjectNodeKind.Object, span) { Members = members };
    }

    // Exact where the text holds no escape; else nobody can tell.
    private static Func<Setting, int, int, SourceSpan?>? PlaceInValue(PlanValue expression) =>
        expression.Json is { IsDefault: false } json
            ? (setting, offset, length) =>
                setting.ValueSpan.Source == json.Source && setting.ValueSpan.Length == setting.Value.Length + 2 && setting.ValueSpan.End <= json.Text.Length
                    ? new SourceSpan(setting.ValueSpan.Start + 1 + offset, length, setting.ValueSpan.Source)
                    : null
            : null;

    private static PlanValue? TextAt(PlanExpression written, string key)
    {
        var parts = PlanKey.IsBelow(key, written.Field) ? PlanKey.Parts(PlanKey.Relative(key, PlanKey.PrefixOf(written.Field))) : [""];
        var value = (PlanValue?)written.Expression;
        foreach (var part in parts)
            value = value?.Type is not null ? value[part] : value?.Find(part);
        return value is { Kind: PlanValueKind.Text } ? value : null;
    }
}
