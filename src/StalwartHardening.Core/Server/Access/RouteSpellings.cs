using StalwartHardening.Expressions;
using StalwartHardening.Expressions.Functions;

namespace StalwartHardening.Server.Access;

/// <summary>
/// Other paths by which a request reaches the same endpoint. The server compares the first segments, takes what follows them as
/// a name, or not at all, and decodes names (<c>http/request.rs</c>, 0.15.5).
/// </summary>
internal sealed class RouteSpellings
{
    private const int MaxTexts = 8;
    private const string Autodiscover = "/autodiscover/";

    private readonly List<string> _texts = [];
    private readonly IReadOnlyList<string> _literals;
    private readonly ulong[] _letters;
    private readonly HttpEndpoints _endpoints;

    private RouteSpellings(HttpAccessPolicy policy, HttpEndpoints endpoints)
    {
        _endpoints = endpoints;
        _literals = policy.Literals.Texts;
        _letters = new ulong[_literals.Count];
        for (var i = 0; i < _letters.Length; i++)
            _letters[i] = HttpEndpoint.LettersOf(_literals[i]);
        foreach (var rule in policy.Block.Rules)
            Add(rule.If.Expression);
        foreach (var rule in policy.Block.Rules)
            Add(rule.Then.Expression);
        Add(policy.Block.Default.Expression);
    }

    /// <summary>Whether the policy asks for more of the path than its beginning and its first segments, where every spelling of a route is the same.</summary>
    public bool Matter { get; private set; }

    public static RouteSpellings From(HttpAccessPolicy policy, HttpEndpoints endpoints) => new(policy, endpoints);

    /// <summary>Whether the policy names the endpoint, or a part of its path.</summary>
    public bool Mention(HttpEndpoint endpoint)
    {
        for (var i = 0; i < _letters.Length; i++)
        {
            var text = _literals[i];
            if (text.Length > 2 && ((endpoint.MayHold(_letters[i]) && endpoint.Path.IndexOf(text, StringComparison.Ordinal) >= 0) || IsBelow(text, endpoint)))
                return true;
        }

        return false;
    }

    /// <summary>Paths of the endpoint, each with others that the server takes the same.</summary>
    public IEnumerable<(string Path, IEnumerable<string> Others)> PathsOf(HttpEndpoint endpoint)
    {
        yield return (endpoint.Path, Others(endpoint.Path));
        if (!endpoint.DecodesNames)
            yield break;
        foreach (var text in _literals)
        {
            if (IsBelow(text, endpoint) && IsPath(text))
                yield return (text, [Encoded(text, endpoint.Path.Length + 1)]);
        }

        foreach (var text in _texts)
        {
            if (text.Length > 1 && text.IndexOf('/') < 0)
                yield return (endpoint.Path + "/" + text, [Encoded(endpoint.Path + "/" + text, endpoint.Path.Length + 1)]);
        }
    }

    /// <summary>Paths beside this one, that a refusal of just this one does not touch.</summary>
    public static IEnumerable<string> Siblings(string path)
    {
        var second = path.IndexOf('/', 1);
        yield return "/zz" + (second < 0 ? "" : path.Substring(second));
        yield return path.Substring(0, path.LastIndexOf('/') + 1) + "zz";
    }

    private IEnumerable<string> Others(string path)
    {
        var start = path.TrimEnd('/');
        if (path.StartsWith(Autodiscover, StringComparison.Ordinal))
            yield return "/A" + path.Substring(2);
        if (start.Length > 0)
            yield return start + "/";
        yield return start + "/x";
        foreach (var text in _texts)
        {
            yield return text[0] == '/' ? start + text : start + "/" + text;
            yield return start + "/x" + text;
        }
    }

    // The first character of the name, written as its code.
    private static string Encoded(string path, int name) => path.Substring(0, name) + "%" + ((int)path[name]).ToString("X2", System.Globalization.CultureInfo.InvariantCulture) + path.Substring(name + 1);

    private static bool IsBelow(string text, HttpEndpoint endpoint) =>
        text.Length > endpoint.Path.Length + 1 && text[endpoint.Path.Length] == '/' && text[endpoint.Path.Length + 1] is not ('/' or '%')
        && text.StartsWith(endpoint.Path, StringComparison.Ordinal);

    private void Add(Expression expression)
    {
        var steps = expression.Steps;
        for (var i = 0; i < steps.Length; i++)
        {
            if (!IsPathVariable(steps[i]) || AsksForBeginning(steps, i))
                continue;
            Matter = true;
            if (i + 1 < steps.Length && steps[i + 1].Kind == ExpressionStepKind.Matches)
                AddPattern(steps[i + 1].Pattern!.Text);
            else if (i + 2 < steps.Length && steps[i + 1].Kind == ExpressionStepKind.Constant && steps[i + 2].Function is { } function && (function == KnownFunctions.Contains || function == KnownFunctions.EndsWith || function == KnownFunctions.ContainsIgnoreCase))
                AddText(steps[i + 1].Constant.AsText());
            else if (i + 4 < steps.Length && PathSegment.IsSplit(steps[i + 2]) && steps[i + 3].Kind == ExpressionStepKind.Constant && steps[i + 4].Function == KnownFunctions.Contains)
                AddText(steps[i + 3].Constant.AsText());
            else if (PathSegment.TryRead(steps.AsSpan(i), out _))
                AddComparedWith(steps, i);
        }
    }

    // split(url_path, '/')[3] == 'x', rsplit(url_path, '/')[0] == 'x': the text is a segment of its own.
    private void AddComparedWith(ExpressionStep[] steps, int at)
    {
        var after = at + PathSegment.StepCount;
        if (after < steps.Length && steps[after].Kind == ExpressionStepKind.Constant)
            AddText(steps[after].Constant.AsText());
        if (at > 0 && steps[at - 1].Kind == ExpressionStepKind.Constant)
            AddText(steps[at - 1].Constant.AsText());
    }

    private void AddPattern(string pattern)
    {
        if (!pattern.StartsWith("^", StringComparison.Ordinal))
            AddText(pattern.Trim('^', '$', '.', '*').Replace("\\", "").Replace("[.]", "."));
    }

    private void AddText(string text)
    {
        if (_texts.Count < MaxTexts && text.Length > 0 && IsPath(text) && !_texts.Contains(text))
            _texts.Add(text);
    }

    // starts_with(url_path, '…') and the first two segments say nothing of what follows them, except where a name is begun.
    private bool AsksForBeginning(ExpressionStep[] steps, int at) =>
        at + 2 < steps.Length && steps[at + 1].Kind == ExpressionStepKind.Constant
        && ((steps[at + 2].Function == KnownFunctions.StartsWith && !IsName(steps[at + 1].Constant.AsText()))
            || (PathSegment.TryRead(steps.AsSpan(at), out var segment) && segment is { IsFromEnd: false, Separator: "/", Index: 0 or 1 or 2 }));

    private bool IsName(string text)
    {
        foreach (var endpoint in _endpoints.All)
        {
            if (endpoint.DecodesNames && IsBelow(text, endpoint))
                return true;
        }

        return false;
    }

    private static bool IsPath(string text) => text.All(static c => c is > ' ' and <= '~' and not ('?' or '#'));

    private static bool IsPathVariable(in ExpressionStep step) => step.Kind == ExpressionStepKind.Variable && step.Number is (int)HttpVariable.UrlPath or (int)HttpVariable.Url;
}
