using StalwartHardening.Expressions;
using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.HttpAccess;

/// <summary>A refusal that the same request escapes in another spelling.</summary>
public sealed class BypassableAccessRule() : Rule(
    id: "SWH2005",
    title: "Close the ways around HTTP access control",
    message: "Access control refuses '{0}' but lets '{1}' through, {2}.",
    why: "The server routes by the path alone, while `url` also holds what else a client writes into the request target, headers are the client's own words, and addresses compared as text match more than they seem to. A refusal that depends on such things stops only those who do not try.",
    remedy: "Compare `url_path` instead of `url`, whole path segments instead of parts, and addresses with their last dot; do not admit by headers.")
{
    private static readonly (HttpRequestParts Part, HttpVariable Variable, string Reason)[] Ways =
    [
        (HttpRequestParts.TargetForm, HttpVariable.Url, "which is the same route: 'url' is the request target as the client writes it. Compare 'url_path'"),
        (HttpRequestParts.Headers, HttpVariable.Headers, "because of a header that any client can send. Do not admit by headers"),
        (HttpRequestParts.RemotePort, HttpVariable.RemotePort, "because of a port that any client can choose. Do not admit by 'remote_port'"),
    ];

    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        var policy = server.HttpAccess;
        var exposure = HttpExposure.Of(server);
        if (!policy.IsInForce || policy.IsUnknown || !exposure.Concerns)
            return;
        var reported = new HashSet<string>();
        var ways = Ways.Where(way => policy.Block.Uses(way.Variable)).ToArray();
        var parts = UnboundedTexts(policy.Block);
        foreach (var example in exposure.Examples)
        {
            foreach (var endpoint in HttpEndpoints.All)
            {
                if (ways.Length == 0 && parts.Count == 0)
                    break;
                judgement.Cancellation.ThrowIfCancellationRequested();
                var plain = example with { Target = endpoint.Path, Method = endpoint.Methods[0] };
                if (policy.Decide(plain, out var refusing).Decision != HttpDecision.Refused)
                    continue;
                foreach (var (part, variable, reason) in ways)
                {
                    if (policy.FindWitness(new HttpRequestPattern(plain, part), HttpDecision.LetThrough) is { } twin)
                        Report(policy, plain, twin, Culprit(policy, variable, refusing), variable, reason);
                }

                if (SpellingBelow(policy, plain, parts) is { } below)
                    Report(policy, plain, below, Deciding(policy, below), HttpVariable.UrlPath, "which reaches the same route. Compare whole path segments, as in split(url_path, '/')[1]");
            }

            FindChosenStatus(policy, example, Report);
            FindWideAddress(policy, example, Report);
        }

        void Report(HttpAccessPolicy _, HttpRequest refused, HttpRequest twin, Setting setting, HttpVariable variable, string reason)
        {
            if (reported.Add(setting.Key))
                judgement.Add(new Finding(this, setting.ValueSpan, setting.Key, refused.ToString(), twin.ToString(), reason) { Subject = variable });
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding)
    {
        // The first action has one name, whichever it is.
        var key = "review/SWH2005/repair";
        if (finding.Subject is HttpVariable.Url && server.Document.TryGet(finding.SettingKey, out var setting) && WithUrlPath(setting.Value) is { } corrected)
        {
            yield return new Remedy("Compare 'url_path' instead of 'url' (queries no longer count)", key, RemedySafety.Review, [new SettingEdit.Set(setting.Key, corrected)]);
            key = "review/SWH2005/allow-list";
        }

        foreach (var remedy in AllowListRemedy.For(server, key))
            yield return remedy;
    }

    private static Setting Culprit(HttpAccessPolicy policy, HttpVariable variable, int refusing)
    {
        foreach (var rule in policy.Block.Rules)
        {
            if (rule.If.Expression.Uses(variable))
                return rule.If.Setting;
        }

        return policy.Block.Branch(refusing).Setting;
    }

    private static Setting Deciding(HttpAccessPolicy policy, HttpRequest request)
    {
        policy.Decide(request, out var decided);
        return decided < policy.Block.Rules.Count ? policy.Block.Rules[decided].If.Setting : policy.Block.Default.Setting;
    }

    // The management API takes what stands behind its names as a name or an id: a refusal that counts on the rest of the path is void.
    private static HttpRequest? SpellingBelow(HttpAccessPolicy policy, HttpRequest plain, List<string> parts)
    {
        if (plain.Target != "/api/principal")
            return null;
        foreach (var part in parts)
        {
            foreach (var target in new[] { plain.Target + "/x" + part, plain.Target + "/" + part })
            {
                var twin = plain with { Target = target };
                if (policy.Decide(twin).Decision == HttpDecision.LetThrough)
                    return twin;
            }
        }

        return null;
    }

    /// <summary>Texts that conditions look for anywhere in the path or at its end, not at its start.</summary>
    private static List<string> UnboundedTexts(IfBlock block)
    {
        var texts = new List<string>();
        foreach (var rule in block.Rules)
            AddFrom(rule.If.Expression);
        AddFrom(block.Default.Expression);
        return texts;

        void AddFrom(Expression expression)
        {
            var steps = expression.Steps;
            for (var i = 1; i < steps.Length; i++)
            {
                if (steps[i].Kind == ExpressionStepKind.Matches && IsPath(steps[i - 1]) && steps[i].Pattern!.Text is var pattern && !pattern.StartsWith("^", StringComparison.Ordinal))
                    Add(pattern.Trim('^', '$', '.', '*').Replace("\\", ""));
                else if (i > 1 && steps[i].Function?.Name is "contains" or "ends_with" or "contains_ignore_case" && IsPath(steps[i - 2]) && steps[i - 1].Kind == ExpressionStepKind.Constant)
                    Add(steps[i - 1].Constant.AsText());
            }
        }

        void Add(string text)
        {
            if (texts.Count < MostTexts && text.All(static c => c is > ' ' and <= '~' and not ('?' or '#')))
                texts.Add(text);
        }
    }

    private const int MostTexts = 8;

    private static bool IsPath(in ExpressionStep step) => step.Kind == ExpressionStepKind.Variable && step.Number is (int)HttpVariable.UrlPath or (int)HttpVariable.Url;

    // A consequence made of captures: the client's own text picks the status.
    private static void FindChosenStatus(HttpAccessPolicy policy, HttpRequest example, Action<HttpAccessPolicy, HttpRequest, HttpRequest, Setting, HttpVariable, string> report)
    {
        for (var i = 0; i < policy.Block.Rules.Count; i++)
        {
            var then = policy.Block.Rules[i].Then;
            if (!HasCapture(then.Expression))
                continue;
            const HttpRequestParts Open = HttpRequestParts.Path | HttpRequestParts.Headers;
            var branch = i;
            var twin = WitnessSearch.Find(new HttpRequestPattern(example, Open), policy.Literals, request =>
                policy.Decide(request, out var decided).Decision == HttpDecision.LetThrough && decided == branch);
            if (twin is not null)
                report(policy, twin with { Target = twin.Target.Replace("200", "403") }, twin, then.Setting, HttpVariable.UrlPath, "because the client's own text picks the status. Write the status as a number");
        }
    }

    private static bool HasCapture(Expression expression)
    {
        foreach (var step in expression.Steps)
        {
            if (step.Kind == ExpressionStepKind.Capture)
                return true;
        }

        return false;
    }

    // starts_with(remote_ip, '10.1') also matches 10.100.0.0/16; '192.180.1.' is a stranger's network next to 192.168.1.
    private static void FindWideAddress(HttpAccessPolicy policy, HttpRequest example, Action<HttpAccessPolicy, HttpRequest, HttpRequest, Setting, HttpVariable, string> report)
    {
        foreach (var rule in policy.Block.Rules)
        {
            if (rule.If.Expression.Uses(HttpVariable.RemoteIp))
                FindIn(rule.If);
        }

        if (policy.Block.Rules.Count == 0 && policy.Block.Default.Expression.Uses(HttpVariable.RemoteIp))
            FindIn(policy.Block.Default);

        void FindIn(WrittenExpression written)
        {
            var steps = written.Expression.Steps;
            for (var i = 2; i < steps.Length; i++)
            {
                if (steps[i].Function?.Name != "starts_with" || !IsRemoteIp(steps[i - 2]) || steps[i - 1].Kind != ExpressionStepKind.Constant)
                    continue;
                var prefix = steps[i - 1].Constant.AsText();
                var (other, meant) = OtherNetwork(prefix);
                if (other is null)
                    continue;
                foreach (var endpoint in HttpEndpoints.All)
                {
                    var refused = example with { Target = endpoint.Path, Method = endpoint.Methods[0] };
                    var twin = refused with { RemoteIp = other };
                    if (policy.Decide(refused).Decision == HttpDecision.Refused && policy.Decide(twin).Decision == HttpDecision.LetThrough)
                    {
                        report(policy, refused, twin, written.Setting, HttpVariable.RemoteIp, $"because '{prefix}' is compared as text. Write '{meant}' if that is meant");
                        break;
                    }
                }
            }
        }
    }

    private static bool IsRemoteIp(in ExpressionStep step) => step.Kind == ExpressionStepKind.Variable && step.Number == (int)HttpVariable.RemoteIp;

    private static (string? Address, string Meant) OtherNetwork(string prefix)
    {
        var parts = prefix.Split('.');
        foreach (var part in parts)
        {
            foreach (var c in part)
            {
                if (c is < '0' or > '9')
                    return (null, "");
            }
        }

        var last = parts[parts.Length - 1];
        if (parts.Length is > 1 and < 4 && last.Length is 1 or 2)
        {
            // One more digit makes another octet, as far as octets go.
            var address = prefix + (last.Length == 1 || string.CompareOrdinal(last, "25") <= 0 ? "0" : "");
            for (var i = parts.Length; i < 4; i++)
                address += ".7";
            return address.Length > prefix.Length + (2 * (4 - parts.Length)) && IpText.Parse(address) is not null ? (address, prefix + ".") : (null, "");
        }

        if (parts.Length == 4 && last.Length == 0 && parts[0] == "192" && parts[1].Length == 3 && parts[1][0] == '1' && parts[1] != "168"
            && PublicAddress.IsPublic(prefix + "9"))
        {
            return (prefix + "9", "192.168." + parts[2] + ".");
        }

        return (null, "");
    }

    private static string? WithUrlPath(string text)
    {
        var tokenizer = new ExpressionTokenizer(text);
        var corrected = text;
        var added = 0;
        while (tokenizer.TryNext(out var token) && token.Kind != ExpressionTokenKind.End)
        {
            if (token.Kind != ExpressionTokenKind.Variable || token.Variable != HttpVariable.Url)
                continue;
            corrected = corrected.Insert(token.Start + token.Length + added, "_path");
            added += "_path".Length;
        }

        return added > 0 && tokenizer.Problem is null ? corrected : null;
    }
}
