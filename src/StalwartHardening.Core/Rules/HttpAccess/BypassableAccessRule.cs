using StalwartHardening.Expressions;
using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.HttpAccess;

/// <summary>A refusal that the same request escapes in another spelling.</summary>
internal sealed class BypassableAccessRule() : Rule(
    id: "SWH2005",
    title: "Close bypasses of HTTP access control",
    message: "Access control refuses '{0}' but lets '{1}' through, {2}.",
    why: "The server routes by the path alone, while `url` also holds what else a client writes into the request target. Headers are the client's own words, and so is a status taken from a capture. A path that is compared whole, or anywhere, has other spellings that reach the same route; `local_ip` is the address the listener is bound to; and addresses compared as text match more than they seem to. A refusal that depends on such things stops only those who do not try.",
    remedy: "Compare `url_path` instead of `url`, whole path segments instead of parts, addresses with their last dot, and `listener` instead of `local_ip`; write statuses as numbers; do not admit by headers.",
    remedyInPlan: "Compare `path` instead of `url`, whole path segments instead of parts, addresses with their last dot, and `listener` instead of `local_ip`; write statuses as numbers; do not admit by headers.")
{
    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        if (!server.HttpAccess.IsInForce || server.HttpAccess.IsUnknown)
            return;
        foreach (var bypass in HttpAccessBypassSearch.Find(server, judgement.Cancellation))
        {
            judgement.Add(new Finding(this, bypass.Setting.ValueSpan, bypass.Setting.Key, bypass.Refused, bypass.Twin, bypass.Reason)
            {
                Subject = bypass.Variable,
            });
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding)
    {
        // The first action has one name, whichever it is.
        var key = "review/SWH2005/repair";
        if (finding.Subject is HttpVariable.Url && server.Document.TryGet(finding.SettingKey, out var setting) && WithUrlPath(server.HttpAccess.Block.Language, setting.Value) is { } corrected)
        {
            yield return new Remedy($"Compare '{server.HttpAccess.Block.Language.NameOf(HttpVariable.UrlPath)}' instead of 'url' (queries no longer count)", key, RemedySafety.Review, [new SettingEdit.Set(setting.Key, corrected)]);
            key = "review/SWH2005/allow-list";
        }

        foreach (var remedy in AllowListRemedy.For(server, finding, key))
            yield return remedy;
    }

    private static string? WithUrlPath(ExpressionLanguage language, string text)
    {
        var tokenizer = new ExpressionTokenizer(text, language, StepBudget.ForQuestionAbout(text.Length));
        var corrected = text;
        var added = 0;
        var path = language.NameOf(HttpVariable.UrlPath);
        while (tokenizer.TryNext(out var token) && token.Kind != ExpressionTokenKind.End)
        {
            if (token.Kind != ExpressionTokenKind.Variable || token.Variable != HttpVariable.Url)
                continue;
            corrected = corrected.Remove(token.Start + added, token.Length).Insert(token.Start + added, path);
            added += path.Length - token.Length;
        }

        return added > 0 && tokenizer.Problem is null ? corrected : null;
    }
}
