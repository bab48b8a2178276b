namespace StalwartHardening.Plans;

/// <summary>Finds where a plan runs and does something else than it says.</summary>
internal static class PlanRemarks
{
    public static IReadOnlyList<PlanRemark> Find(PlanRun run)
    {
        var remarks = new List<PlanRemark>();
        if (run.IsSnapshot)
            return remarks;
        remarks.AddRange(run.Notices);
        foreach (var operation in run.Operations)
        {
            if (operation is not { IsSound: true, Type: { } type })
                continue;
            switch (operation.Verb)
            {
                case PlanVerb.Upsert or PlanVerb.Reconcile:
                    OfUpsert(operation, type, remarks);
                    break;
                case PlanVerb.Create when type.Kind == PlanTypeKind.Singleton:
                    remarks.Add(new PlanRemark(PlanRemarkKind.CreateReplacesSingleton, $"There is always one {type.Name}: this create replaces it, and every field that is not written falls back to its default.", operation.Index, operation.VerbSpan));
                    break;
                case PlanVerb.Create when type.Indexes.Any(index => index.IsUnique) || type.Name is "Account":
                    if (!run.Operations.Any(other => other is { Verb: PlanVerb.Destroy, Type: { } wiped } && wiped == type))
                        remarks.Add(new PlanRemark(PlanRemarkKind.CreateRepeats, $"When the plan is run again, this create fails because the {type.Name} is there already, and the run ends here. An upsert does both.", operation.Index, operation.VerbSpan));
                    break;
                case PlanVerb.Destroy:
                    if (run.Operations.Any(other => other.Index < operation.Index && other.PlanText == operation.PlanText && other.Type == type && other.Verb != PlanVerb.Destroy))
                        remarks.Add(new PlanRemark(PlanRemarkKind.DestroyRunsFirst, $"A destroy runs before every other operation, wherever it appears: it does not delete any {type.Name} that the plan itself writes.", operation.Index, operation.VerbSpan));
                    break;
            }

            if (operation.Verb is PlanVerb.Update or PlanVerb.Upsert or PlanVerb.Reconcile)
                OfExpressions(run, operation, type, remarks);
        }

        OfState(run, remarks);
        return remarks;
    }

    private static void OfUpsert(PlanOperation operation, PlanType type, List<PlanRemark> remarks)
    {
        var json = operation.Json;
        if (operation.MatchOn is null)
        {
            if (FirstPartial(operation, type) is var (partial, left))
                remarks.Add(new PlanRemark(PlanRemarkKind.MatchesOnValues, $"The tool finds {Display.WithArticle(type.Name)} again only if every single value is the same: '{Display.Text(partial)}' leaves out '{left}', so {Consequence(operation, type)}.", operation.Index, operation.MatchOnNode >= 0 ? json.Span(operation.MatchOnNode) : operation.VerbSpan));
            return;
        }

        foreach (var property in operation.MatchOn ?? [])
        {
            if (type.FindFieldAnywhere(property.AsSpan()) is not { } field)
                continue;
            foreach (var (clientId, body) in operation.Bodies)
            {
                var node = json.Find(body, property);
                if (node < 0 || json.IsUnknown(node))
                    continue;
                if (field.Type.Shape != PlanShape.Scalar && json.Kind(node) != JsonKind.Object)
                    remarks.Add(new PlanRemark(PlanRemarkKind.KeyNeverMatches, $"'{property}' is not a single value: written like this it never equals what the server has, and every run creates another {type.Name}.", operation.Index, json.Span(node)));
                else if (json.Kind(node) == JsonKind.Text && Spelled(field, json.Value(node)) is { } spelled && spelled != json.Value(node))
                    remarks.Add(new PlanRemark(PlanRemarkKind.KeyIsRespelled, $"The server stores '{Display.Text(spelled)}': the next run does not find '{Display.Text(clientId)}' again, tries to make it and fails.", operation.Index, json.Span(node)));
                else if (field.Type.Shape == PlanShape.Set && json.Kind(node) == JsonKind.Object)
                    OfSetKey(operation, type, field, node, clientId, remarks);
            }
        }
    }

    // What a body leaves out is compared with null: whole bodies, as snapshots have them, are found again.
    private static (string ClientId, string Field)? FirstPartial(PlanOperation operation, PlanType type)
    {
        var json = operation.Json;
        foreach (var (clientId, body) in operation.Bodies)
        {
            if (json.Kind(body) != JsonKind.Object)
                continue;
            var variant = type;
            if (type.HasVariants)
            {
                if (operation.FindIn(body, "@type") is not (>= 0 and var node) || type.FindVariant(json.Value(node).AsSpan()) is not { } own)
                    continue;
                variant = own;
            }

            foreach (var field in PlanMatcher.Compared(variant))
            {
                if (field.Default.Kind != PlanValueKind.Null && operation.FindIn(body, field.Name) < 0)
                    return (clientId, field.Name);
            }
        }

        return null;
    }

    private static string Consequence(PlanOperation operation, PlanType type) =>
        UniqueNames.AreGivenTo(type) || type.Indexes.Any(static index => index.IsUnique) ? "the next run tries to make it again, and fails"
        : operation.Verb == PlanVerb.Reconcile ? "every run deletes the one that is there and makes another"
        : "every run makes another one";

    private static void OfSetKey(PlanOperation operation, PlanType type, PlanField field, int node, string clientId, List<PlanRemark> remarks)
    {
        var json = operation.Json;
        for (int member = JsonText.First(node), end = json.End(node); member < end; member = json.Next(member))
        {
            var name = json.Name(member);
            if (Spelled(field, name) is { } spelled && spelled != name)
                remarks.Add(new PlanRemark(PlanRemarkKind.KeyIsRespelled, $"The server stores '{Display.Text(spelled)}': the next run does not find '{Display.Text(clientId)}' again and makes another {type.Name}.", operation.Index, json.NameSpan(member)));
        }
    }

    private static string? Spelled(PlanField field, string text) => field.Type.Scalar switch
    {
        PlanScalar.IpNetwork => ServerText.IpNetwork(text),
        PlanScalar.IpAddress => ServerText.IpAddress(text),
        PlanScalar.SocketAddress => ServerText.SocketAddress(text),
        PlanScalar.EmailAddress => ServerText.Email(text),
        _ => field.Spelling switch
        {
            PlanSpelling.Domain => ServerText.Domain(text),
            PlanSpelling.LocalPart => ServerText.LocalPart(text),
            _ => text,
        },
    };

    // "else" alone keeps the rules that are stored.
    private static void OfExpressions(PlanRun run, PlanOperation operation, PlanType type, List<PlanRemark> remarks)
    {
        var json = operation.Json;
        var bodies = operation.Verb == PlanVerb.Update ? operation.ValueNode >= 0 ? [("", operation.ValueNode)] : [] : operation.Bodies;
        foreach (var (_, body) in bodies)
        {
            if (json.Kind(body) != JsonKind.Object)
                continue;
            for (int member = JsonText.First(body), end = json.End(body); member < end; member = json.Next(member))
            {
                if (json.Kind(member) != JsonKind.Object || type.FindFieldAnywhere(json.Name(member).AsSpan()) is not { Type.Shape: PlanShape.Object, ValueType.Name: "Expression" } field)
                    continue;
                if (json.Find(member, "match") >= 0 || json.Find(member, "else") < 0)
                    continue;
                var hasDefaultRules = field.Default["match"]?.Members is { Count: > 0 };
                if (hasDefaultRules || (run.Options.Server == PlanServerState.Existing && type.Kind == PlanTypeKind.Singleton))
                    remarks.Add(new PlanRemark(PlanRemarkKind.MatchMaySurvive, $"'{field.Name}' is merged: the rules that are stored{(hasDefaultRules ? ", which the default has," : "")} stay and are tried before this 'else'. \"match\": {{}} removes them.", operation.Index, json.MemberSpan(member)));
            }
        }
    }

    private static void OfState(PlanRun run, List<PlanRemark> remarks)
    {
        var state = run.State;
        var listener = PlanSchema.Instance.FindType("NetworkListener")!;
        if (!state.MayHoldMore(listener) && state.Objects(listener).Count == 0 && state.ResponsibleFor(listener) is >= 0 and var emptied)
            remarks.Add(new PlanRemark(PlanRemarkKind.DefaultsComeBack, "No listener is left: when the server starts again, its seven default listeners come back, 8080 in clear text among them.", emptied, run.Operations[emptied].VerbSpan));
        if (run.Options.Server == PlanServerState.RecoveryFirst && state.Singleton("Authentication") is { IsFactory: false, WrittenBy: >= 0 } authentication && authentication["defaultAdminRoleIds"]?.Members is { Count: 0 } && authentication["defaultUserRoleIds"]?.Members is { Count: 0 })
            remarks.Add(new PlanRemark(PlanRemarkKind.DefaultIdsStayEmpty, "Written before the first boot, Authentication keeps its default role ids empty: accounts that ask for them have no permissions.", authentication.WrittenBy, run.Operations[authentication.WrittenBy].ObjectSpan));
        else if (run.Options.Server == PlanServerState.RecoveryFirst)
            OfRolesBeforeBoot(run, state, remarks);
        if (run.IsSuccess && !run.Operations.Any(operation => operation is { Type.Name: "Action" }) && run.Operations.LastOrDefault(operation => operation.Type is { Name: not ("Account" or "Domain" or "Role" or "Tenant" or "MailingList" or "DkimSignature") }) is { } last && run.Options.Server != PlanServerState.RecoveryFirst)
            remarks.Add(new PlanRemark(PlanRemarkKind.NoReload, "The server takes these settings over only when it reloads them or starts again; new listeners only when it starts again.", last.Index, last.VerbSpan));
    }

    // common/src/manager/defaults.rs: the first boot makes its four roles, and says who has them, only where there is no role at all.
    private static void OfRolesBeforeBoot(PlanRun run, PlanState state, List<PlanRemark> remarks)
    {
        var roles = state.Objects("Role");
        if (roles.Count == 0 || roles.Any(static role => role.CreatedBy < 0))
            return;
        var authentication = state.Singleton("Authentication");
        var lacking = new List<string>(2);
        if (IsEmpty(authentication?["defaultUserRoleIds"]))
            lacking.Add("User");
        if (IsEmpty(authentication?["defaultAdminRoleIds"]))
            lacking.Add("Admin");
        if (lacking.Count == 0)
            return;
        var first = run.Operations[roles[0].CreatedBy];
        remarks.Add(new PlanRemark(PlanRemarkKind.BuiltInRolesMissing, $"Where a role is made before the first boot, the server makes none of its four built-in roles and leaves the default role ids empty: accounts with the role {string.Join(" or ", lacking)} have no permissions. Make roles after the first boot, or set the default role ids in Authentication.", first.Index, first.ObjectSpan));
    }

    private static bool IsEmpty(PlanValue? ids) => ids is null or { Members: { Count: 0, MayHoldMore: false } };
}
