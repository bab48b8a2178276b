using StalwartHardening.Expressions;
using StalwartHardening.Plans;

namespace StalwartHardening.Generations;

/// <summary>The access rules of a plan's server: the expression that the singleton Http holds after the run.</summary>
internal static class PlanAccessControl
{
    // What a server has that nobody gave any (schema.json, Http.allowedEndpoints).
    private const string Default = "200";

    public static IfBlock Read(PlanServer server)
    {
        var language = ExpressionLanguage.ObjectsOf(server.Version.Patch, ExpressionScope.HttpRequest);
        var state = server.Reading.Run.State;
        var type = PlanSchema.Instance.FindObject("Http".AsSpan())!;
        if (state.Holding(type) is not { } http)
            return new IfBlock { Language = language, IsUnknown = state.MayHoldMore(type) };
        if (http["allowedEndpoints"] is not { } expression || expression.Kind == PlanValueKind.Unknown)
            return new IfBlock { Language = language, IsUnknown = true };
        return server.IsDeclared(PlanServer.AccessControl)
            ? PlanExpressions.Read(expression, PlanServer.AccessControl, Default, language)
            : new IfBlock { Language = language };
    }
}
