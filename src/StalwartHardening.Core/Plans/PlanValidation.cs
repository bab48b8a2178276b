using System.Globalization;

namespace StalwartHardening.Plans;

/// <summary>
/// What the server checks once a body has been written into an object, in its order: the account's own rules, expressions, the
/// object as a whole, the objects it refers to, its keys.
/// </summary>
internal sealed class PlanValidation
{
    private readonly PlanRun _run;
    private readonly PlanState _state;
    private readonly PlanRunOptions _options;
    private readonly HashSet<PlanValue> _accepted = [];
    private readonly UniqueNames _addresses;
    private readonly UniqueNames _domains;

    public PlanValidation(PlanRun run, PlanState state, PlanRunOptions options)
    {
        _run = run;
        _state = state;
        _options = options;
        _addresses = new UniqueNames(state, UniqueNames.TypesWithAddresses, AddressesOf);
        _domains = new UniqueNames(state, UniqueNames.TypesWithDomains, DomainNamesOf);
    }

    /// <summary>Whether the server takes the object.</summary>
    /// <param name="made">The object as it would be.</param>
    /// <param name="old">The stored object it replaces; null for a new one.</param>
    /// <param name="json">The text of the body.</param>
    /// <param name="body">The body.</param>
    /// <param name="clientId">The client id of a new object.</param>
    /// <param name="patched">The object the body was written into, stored or not: what is the same in it is not checked again.</param>
    public bool Accepts(StateObject made, StateObject? old, JsonText json, int body, string? clientId, StateObject? patched = null)
    {
        var place = clientId is null ? json.Span(body) : json.NameSpan(body);
        return (made.Type.Name != "Account" || AcceptsAccount(made, old, place))
            && (made.Type.Name != "Domain" || AcceptsDomain(made, old, place))
            && AcceptsExpressions(made, patched)
            && AcceptsFields(made.Type, made.Fields, patched?.Type == made.Type ? patched.Fields : null, "", place)
            && AcceptsReferences(made, patched)
            && AcceptsKeys(made, place);
    }

    private bool AcceptsAccount(StateObject made, StateObject? old, SourceSpan place)
    {
        if (made["credentials"] is not { Kind: PlanValueKind.List, Members: { } credentials })
            return true;
        var before = old?["credentials"]?.Members;
        var hasPassword = false;
        for (var i = 0; i < credentials.Count; i++)
        {
            var credential = credentials[i].Value;
            if (credential.Kind != PlanValueKind.Object)
                continue;
            var isOld = before is not null && before.Find(credentials[i].Key) is >= 0 and var earlier && credential.Json == before[earlier].Value.Json && credential.Node == before[earlier].Value.Node;
            var at = credential.Span ?? place;
            if (credential.Type!.Variant != "Password")
            {
                if (isOld)
                    continue;
                _run.Fail(PlanProblemKind.InvalidProperties, PlanProblemCause.Other, at, "App passwords and API keys are objects of their own: an account's credentials take only a password.");
                return false;
            }

            if (hasPassword)
            {
                _run.Fail(PlanProblemKind.InvalidProperties, PlanProblemCause.Other, at, "An account has one password only.");
                return false;
            }

            hasPassword = true;
            if (credential["secret"] is not { Kind: PlanValueKind.Text, IsUnknown: false, IsWritten: true } secret)
                continue;
            if (secret.Content == "****" || secret.Content.Length == 0 || (secret.Content[0] is '$' or '{' && ServerText.IsPasswordHash(secret.Content)))
                continue;
            var (least, most) = _run.Passwords;
            if (secret.Content.Length < least || secret.Content.Length > most)
            {
                _run.Fail(PlanProblemKind.InvalidProperties, PlanProblemCause.OutOfRange, secret.Span ?? at, secret.Content.Length < least ? $"The password is shorter than {least} characters." : $"The password is longer than {most} characters.");
                return false;
            }
        }

        return true;
    }

    private bool AcceptsDomain(StateObject made, StateObject? old, SourceSpan place)
    {
        if (_domains.FindTaken(made) is { } taken)
        {
            _run.Fail(PlanProblemKind.PrimaryKeyViolation, PlanProblemCause.Matching, made["name"]?.Span ?? place, $"Another domain has the name or alias '{Display.Text(taken)}' already.");
            return false;
        }

        if (made["certificateManagement"] is not { Kind: PlanValueKind.Object, Type.Variant: "Automatic" } certificates || old?["certificateManagement"]?.Type?.Variant == "Automatic")
            return true;
        if (certificates["acmeProviderId"] is not { IsUnknown: false } reference || reference.Kind == PlanValueKind.Unknown)
            return true;
        if (reference.Target is not { } provider)
        {
            if (_state.MayHoldMore(PlanSchema.Instance.FindType("AcmeProvider")!))
                return true;
            _run.Fail(PlanProblemKind.InvalidProperties, PlanProblemCause.Reference, reference.Span ?? certificates.Span ?? place, "There is no ACME provider that the domain's certificates can come from: 'acmeProviderId' must say which.");
            return false;
        }

        if (provider["challengeType"] is not { Kind: PlanValueKind.Text, Content: "Dns01" or "DnsAccount01" } challenge || made["dnsManagement"] is not { Kind: PlanValueKind.Object, Type.Variant: not "Automatic" })
            return true;
        _run.Fail(PlanProblemKind.InvalidProperties, PlanProblemCause.Other, reference.Span ?? certificates.Span ?? place, $"The ACME provider proves domains with {challenge.Content}, for which the domain's 'dnsManagement' must be Automatic.");
        return false;
    }

    private static IEnumerable<string> DomainNamesOf(StateObject domain)
    {
        if (domain["name"] is { Kind: PlanValueKind.Text, IsUnknown: false } name)
            yield return name.Content;
        if (domain["aliases"] is { Kind: PlanValueKind.Set, Members: { } aliases })
        {
            for (var i = 0; i < aliases.Count; i++)
            {
                if (aliases[i].Value.Kind != PlanValueKind.Unknown)
                    yield return aliases[i].Key;
            }
        }
    }

    private bool AcceptsExpressions(StateObject made, StateObject? patched)
    {
        foreach (var field in made.Type.Fields)
        {
            if (field.Type.Shape != PlanShape.Object || made.Fields[field.Ordinal] is not { Kind: PlanValueKind.Object } value)
                continue;
            if (patched?.Type == made.Type && ReferenceEquals(patched.Fields[field.Ordinal], value))
                continue;
            if (!AcceptsExpressions(made.Type, field.Name, value))
                return false;
        }

        return true;
    }

    private bool AcceptsExpressions(PlanType type, string path, PlanValue value)
    {
        if (value.Type!.Name != "Expression")
        {
            for (var i = 0; i < value.Fields!.Length; i++)
            {
                if (value.Fields[i] is { Kind: PlanValueKind.Object } inner && !AcceptsExpressions(type, path + "/" + value.Type.Fields[i].Name, inner))
                    return false;
            }

            return true;
        }

        var rules = value["match"]?.Members;
        for (var i = 0; i < (rules?.Count ?? 0); i++)
        {
            var rule = rules![i].Value;
            if (rule.Kind != PlanValueKind.Object || _accepted.Contains(rule))
                continue;
            if (rule["if"] is { Kind: PlanValueKind.Text, Content: "" } || rule["then"] is { Kind: PlanValueKind.Text, Content: "" })
            {
                _run.Fail(PlanProblemKind.ValidationFailed, PlanProblemCause.Expression, rule.Span ?? value.Span ?? default, $"Rule {rules[i].Key} of '{path}' needs both 'if' and 'then'.");
                return false;
            }
        }

        if (value["else"] is { Kind: PlanValueKind.Text, Content: "" })
        {
            _run.Fail(PlanProblemKind.ValidationFailed, PlanProblemCause.Expression, value.Span ?? default, $"'{path}' needs 'else'.");
            return false;
        }

        if (_options.FindExpressionError?.Invoke(new PlanExpression(type, path, value) { Known = _accepted }) is not { } error)
        {
            // A rule that stays where it is need not be compiled again when the next one is added.
            for (var i = 0; i < (rules?.Count ?? 0); i++)
                _accepted.Add(rules![i].Value);
            return true;
        }

        _run.Fail(PlanProblemKind.ValidationFailed, PlanProblemCause.Expression, error.Text.Span ?? value.Span ?? default, error.Message);
        return false;
    }

    private bool AcceptsFields(PlanType type, PlanValue?[] fields, PlanValue?[]? before, string path, SourceSpan place)
    {
        var accepted = true;
        foreach (var field in type.Fields)
        {
            var value = fields[field.Ordinal];
            if (field.IsServerSet || (before is not null && ReferenceEquals(value, before[field.Ordinal])))
                continue;
            if (value is null && !field.IsChecked)
                continue;
            accepted &= Accepts(field, value ?? field.Default, path + field.Name, value?.Span ?? place);
        }

        return accepted;
    }

    private bool Accepts(PlanField field, PlanValue value, string path, SourceSpan place)
    {
        switch (value.Kind)
        {
            case PlanValueKind.Text when value.Content.Length == 0:
                _run.Fail(PlanProblemKind.ValidationFailed, PlanProblemCause.OutOfRange, place, $"'{path}' is missing: the server requires it.");
                return false;
            case PlanValueKind.Text when !value.IsUnknown && field.MaximumLength > 0 && value.Content.Length > field.MaximumLength:
                _run.Fail(PlanProblemKind.ValidationFailed, PlanProblemCause.OutOfRange, place, $"'{path}' is longer than {field.MaximumLength} characters.");
                return false;
            case PlanValueKind.Text when field.Type.Scalar == PlanScalar.IpNetwork && ServerText.IsUnsetNetwork(value.Content):
                _run.Fail(PlanProblemKind.ValidationFailed, PlanProblemCause.Network, place, $"The server cannot read '{value.Content}' as a network.");
                return false;
            case PlanValueKind.Number when field.Minimum is not null || field.Maximum is not null:
                if (double.TryParse(value.Content, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
                {
                    if (number < field.Minimum)
                        return FailRange(place, $"'{path}' must be at least {field.Minimum.Value.ToString(CultureInfo.InvariantCulture)}, not {value.Content}.");
                    if (number > field.Maximum)
                        return FailRange(place, $"'{path}' must be at most {field.Maximum.Value.ToString(CultureInfo.InvariantCulture)}, not {value.Content}.");
                }

                return true;
            case PlanValueKind.Set or PlanValueKind.List or PlanValueKind.Map:
                return AcceptsMembers(field, value, path, place);
            case PlanValueKind.Object when value.Type!.Name != "Expression":
                return AcceptsFields(value.Type!, value.Fields!, null, path + "/", place);
            default:
                return true;
        }
    }

    private bool AcceptsMembers(PlanField field, PlanValue value, string path, SourceSpan place)
    {
        var members = value.Members!;
        if (members.Count < field.MinimumCount && !members.MayHoldMore)
            return FailRange(place, field.MinimumCount == 1 ? $"'{path}' must have at least one member." : $"'{path}' must have at least {field.MinimumCount} members.");
        if (field.Type.Scalar == PlanScalar.IpNetwork)
        {
            for (var i = 0; i < members.Count; i++)
            {
                if (!ServerText.IsUnsetNetwork(members[i].Key))
                    continue;
                _run.Fail(PlanProblemKind.ValidationFailed, PlanProblemCause.Network, members[i].Value.NameSpan ?? place, $"The server cannot read '{members[i].Key}' as a network.");
                return false;
            }
        }

        if (value.Kind == PlanValueKind.List && value.IsWritten)
        {
            for (var i = 0; i < members.Count; i++)
            {
                if (members[i].Value is { Kind: PlanValueKind.Object, Type.Name: not "ExpressionMatch" } element && !AcceptsFields(element.Type!, element.Fields!, null, path + "/" + members[i].Key + "/", element.Span ?? place))
                    return false;
            }
        }

        return true;
    }

    private bool FailRange(SourceSpan place, string message)
    {
        _run.Fail(PlanProblemKind.ValidationFailed, PlanProblemCause.OutOfRange, place, message);
        return false;
    }

    private bool AcceptsReferences(StateObject made, StateObject? patched)
    {
        for (var i = 0; i < made.Fields.Length; i++)
        {
            if (made.Fields[i] is { } value && !(patched?.Type == made.Type && ReferenceEquals(patched.Fields[i], value)) && !AcceptsReferences(made.Type.Fields[i], value))
                return false;
        }

        return true;
    }

    private bool AcceptsReferences(PlanField field, PlanValue value)
    {
        switch (value.Kind)
        {
            case PlanValueKind.Reference when value.Target is null && !value.IsUnknown && !MayExist(field):
                return FailReference(field, value, value.Content);
            case PlanValueKind.Set when field.Type.Scalar == PlanScalar.ObjectId:
                for (var i = 0; i < value.Members!.Count; i++)
                {
                    if (value.Members[i].Value is { Kind: PlanValueKind.Boolean } member && !MayExist(field))
                        return FailReference(field, member, value.Members[i].Key);
                }

                return true;
            case PlanValueKind.Object:
                for (var i = 0; i < value.Fields!.Length; i++)
                {
                    if (value.Fields[i] is { } inner && !AcceptsReferences(value.Type!.Fields[i], inner))
                        return false;
                }

                return true;
            case PlanValueKind.List when value.IsWritten:
                for (var i = 0; i < value.Members!.Count; i++)
                {
                    if (value.Members[i].Value is { Kind: PlanValueKind.Object } element)
                    {
                        for (var j = 0; j < element.Fields!.Length; j++)
                        {
                            if (element.Fields[j] is { } inner && !AcceptsReferences(element.Type!.Fields[j], inner))
                                return false;
                        }
                    }
                }

                return true;
            default:
                return true;
        }
    }

    private bool MayExist(PlanField field) => field.Schema.FindType(field.Type.Name!) is { } type && _state.MayHoldMore(type);

    private bool FailReference(PlanField field, PlanValue value, string id)
    {
        _run.Fail(PlanProblemKind.InvalidForeignKey, PlanProblemCause.Reference, value.NameSpan is { } name && value.Kind == PlanValueKind.Boolean ? name : value.Span ?? default, $"There is no {field.Type.Name!.Replace("/", " ")} with the id '{Display.Text(id)}'.");
        return false;
    }

    private bool AcceptsKeys(StateObject made, SourceSpan place)
    {
        foreach (var index in made.Type.Indexes)
        {
            if (!index.IsUnique || made[index.Property] is not { Kind: PlanValueKind.Text, IsUnknown: false } key)
                continue;
            if (_state.Known(made.Type)?.FindByText(index.Property, key.Content, made.Id) is not { } other || other.IsPartial)
                continue;
            _run.Fail(PlanProblemKind.PrimaryKeyViolation, PlanProblemCause.Matching, key.Span ?? place, $"There already is {Display.WithArticle(made.Type.Name)} with the {index.Property} '{Display.Text(key.Content)}'.");
            return false;
        }

        if (made.Type.Name == "Domain")
            _domains.Give(made);
        if (made.Type.Name is not ("Account" or "MailingList"))
            return true;
        if (_addresses.FindTaken(made) is { } address)
        {
            _run.Fail(PlanProblemKind.PrimaryKeyViolation, PlanProblemCause.Matching, made["name"]?.Span ?? place, $"The address '{Display.Text(address)}' is taken already.");
            return false;
        }

        _addresses.Give(made);
        return true;
    }

    private static IEnumerable<string> AddressesOf(StateObject account)
    {
        if (AddressOf(account) is { } address)
            yield return address;
        if (account["aliases"] is not { Kind: PlanValueKind.List, Members: { } aliases })
            yield break;
        for (var i = 0; i < aliases.Count; i++)
        {
            if (aliases[i].Value is { Kind: PlanValueKind.Object } alias && AddressOf(alias["name"], alias["domainId"]) is { } other)
                yield return other;
        }
    }

    /// <summary>The e-mail address of an account or list, with the id of its domain; null where it cannot be told.</summary>
    internal static string? AddressOf(StateObject account) => AddressOf(account["name"], account["domainId"]);

    private static string? AddressOf(PlanValue? name, PlanValue? domain) =>
        name is { Kind: PlanValueKind.Text, IsUnknown: false, Content.Length: > 0 } && domain is { Kind: PlanValueKind.Reference } ? name.Content + "@" + (domain.Target?.Label ?? domain.Content) : null;
}
