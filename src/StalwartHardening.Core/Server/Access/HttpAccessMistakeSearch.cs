using StalwartHardening.Expressions;
using StalwartHardening.Settings;

namespace StalwartHardening.Server.Access;

/// <summary>Finds the mistakes of a server's access control.</summary>
internal static class HttpAccessMistakeSearch
{
    private const string CurrentKey = "http.allowed-endpoint";

    // No key that is looked for has more.
    private const int MaxHyphens = 2;

    public static IReadOnlyList<HttpAccessMistake> Find(ServerConfiguration server)
    {
        var found = new List<HttpAccessMistake>();
        var policy = server.HttpAccess;
        if (policy.Key is not { } key || server.HttpExposure is not { Concerns: true } exposure)
            return found;
        var plain = exposure.Entrances[0].Example with { Target = "/api/principal" };
        if (policy.Block.State == IfBlockState.Invalid)
            FindErrors(policy.Block, key, plain, found);
        else if (policy.Block.State == IfBlockState.NotSet)
            FindUnread(server, key, plain, found);
        else if (!policy.IsUnknown)
            FindBranchesWithoutStatus(policy, plain, found);
        return found;
    }

    private static void FindErrors(IfBlock block, string key, HttpRequest witness, List<HttpAccessMistake> found)
    {
        // Mistakes in the order of keys follow from each other; the first one tells.
        var structural = false;
        foreach (var problem in block.Problems)
        {
            if (problem.Kind != IfBlockProblemKind.Expression && structural)
                continue;
            structural |= problem.Kind != IfBlockProblemKind.Expression;
            found.Add(new HttpAccessMistake(
                problem.Kind == IfBlockProblemKind.MissingElse ? HttpAccessMistakeKind.MissingElse : HttpAccessMistakeKind.Dropped,
                problem.Setting,
                problem.Span,
                $"{problem.Message}, so the server drops all of '{key}' and lets every request through",
                witness));
        }
    }

    private static void FindUnread(ServerConfiguration server, string key, HttpRequest witness, List<HttpAccessMistake> found)
    {
        if (!server.Document.IsComplete)
            return;
        var below = server.Document.Below(key);
        if (below.Count > 0)
        {
            found.Add(new HttpAccessMistake(HttpAccessMistakeKind.UnreadKey, below[0], below[0].KeySpan, $"No entry of '{key}' has an 'if', so the server finds no rule in it and lets every request through", witness));
            return;
        }

        foreach (ref readonly var setting in server.Document.InTextOrder)
        {
            if (!LooksLike(setting.Key, CurrentKey))
                continue;
            found.Add(new HttpAccessMistake(HttpAccessMistakeKind.UnreadKey, setting, setting.KeySpan, $"The server reads '{key}', not '{Shorten(setting.Key)}', and lets every request through", witness));
            return;
        }
    }

    /// <summary>
    /// How much of a key is another spelling of <paramref name="wanted"/>, or <paramref name="wanted"/> written below something
    /// else, as under the header of another table; 0 where it is neither.
    /// </summary>
    public static int SpellingLength(string key, string wanted)
    {
        // A spelling leaves out hyphens and nothing else.
        var last = key.Length - wanted.Length + MaxHyphens;
        for (var start = 0; start <= last; start = SettingPath.EndOfPart(key, start) + 1)
        {
            if (SpellingEnd(key, start, wanted) is var end and > 0)
                return end;
        }

        return 0;
    }

    /// <summary>Whether a key spells <paramref name="wanted"/> below another table, where the server does not look for it.</summary>
    public static bool IsMisplaced(string key, string wanted) => SpellingEnd(key, 0, wanted) == 0 && SpellingLength(key, wanted) > 0;

    private static int SpellingEnd(string key, int start, string wanted)
    {
        int i = start, j = 0;
        while (i < key.Length && j < wanted.Length)
        {
            var c = key[i];
            if (c is '"' or '\'' && wanted[j] != c)
            {
                i++;
                continue;
            }

            if (wanted[j] == '-' && c is not ('-' or '_'))
            {
                j++;
                continue;
            }

            if ((c == '_' ? '-' : char.ToLowerInvariant(c)) != wanted[j])
                return 0;
            i++;
            j++;
        }

        if (j < wanted.Length)
            return 0;
        if (i < key.Length && key[i] is 's' or 'S')
            i++;
        while (i < key.Length && key[i] is '"' or '\'')
            i++;
        return i == key.Length || key[i] == SettingPath.Separator ? i : 0;
    }

    // The name of another version is a renamed setting, and reported as that (SWH0003).
    private static bool LooksLike(string key, string wanted) =>
        SpellingLength(key, wanted) > 0 && !SettingPath.IsAtOrBelow(key, wanted) && !SettingPath.IsAtOrBelow(key, SettingPath.Join("server", wanted));

    private static void FindBranchesWithoutStatus(HttpAccessPolicy policy, HttpRequest plain, List<HttpAccessMistake> found)
    {
        var everything = new HttpRequestPattern(plain, (HttpRequestParts)255);
        var inquiry = policy.Ask();
        var outcome = inquiry.Outcome(everything);
        for (var i = 0; i <= policy.Block.Rules.Count; i++)
        {
            if (i < outcome.MayDecide.Length ? !outcome.MayDecide[i] : !outcome.MayReachElse)
                continue;
            var branch = policy.Block.Branch(i);
            var isEmpty = branch.Expression.IsEmpty;
            var result = inquiry.Evaluate(branch, everything);
            if (result.Options is not { } options || !HasOptionWithoutStatus(options, out var always))
                continue;
            var witness = FindWitness(inquiry, i, plain);
            if (witness is null && !always)
                continue;
            found.Add(new HttpAccessMistake(
                isEmpty ? HttpAccessMistakeKind.Empty : HttpAccessMistakeKind.NoStatus,
                branch.Setting,
                branch.Setting.ValueSpan,
                isEmpty ? "An empty value is not a status, and without one the server lets the request through"
                    : $"'{Shorten(branch.Setting.Value)}' does not evaluate to an HTTP status, and without one the server lets the request through",
                witness ?? plain));
        }
    }

    private static string Shorten(string text) => Display.Text(text);

    private static bool HasOptionWithoutStatus(ExpressionValue[] options, out bool always)
    {
        var any = false;
        always = true;
        foreach (var option in options)
        {
            var has = AccessStatus.TryGet(option, out _);
            any |= !has;
            always &= !has;
        }

        return any;
    }

    private static HttpRequest? FindWitness(AccessInquiry inquiry, int branch, HttpRequest plain) =>
        inquiry.FindWitness(
            new HttpRequestPattern(plain, (HttpRequestParts)255 & ~HttpRequestParts.AnyAddress),
            request => inquiry.Decide(request, out var decided) is { Decision: HttpDecision.LetThrough, HasStatus: false } && decided == branch);
}
