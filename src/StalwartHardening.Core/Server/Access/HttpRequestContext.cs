using StalwartHardening.Expressions;
using StalwartHardening.Expressions.Functions;
using StalwartHardening.Settings;

namespace StalwartHardening.Server.Access;

/// <summary>Shows a request to expressions under the names and in the forms the server uses (<c>http-proto/context.rs</c>, 0.15.5).</summary>
internal sealed class HttpRequestContext(HttpRequest request, SettingsDocument? document = null) : IExpressionContext
{
    private string? _url;
    private string? _path;
    private ExpressionValue? _headers;

    public ExpressionValue Get(HttpVariable variable) => variable switch
    {
        HttpVariable.Listener => ExpressionValue.From(request.Listener),
        HttpVariable.RemoteIp => ExpressionValue.From(request.RemoteIp),
        HttpVariable.RemotePort => ExpressionValue.From((long)request.RemotePort),
        HttpVariable.LocalIp => ExpressionValue.From(request.LocalIp),
        HttpVariable.LocalPort => ExpressionValue.From((long)request.LocalPort),
        HttpVariable.Protocol => ExpressionValue.From(request.IsTls ? "https" : "http"),
        HttpVariable.IsTls => ExpressionValue.From(request.IsTls),
        HttpVariable.Url => ExpressionValue.From(_url ??= Url(request.Target)),
        HttpVariable.UrlPath => ExpressionValue.From(_path ??= request.Path),
        HttpVariable.Method => ExpressionValue.From(request.Method),
        _ => _headers ??= Headers(request.Headers),
    };

    public EvaluationState Ask(ExpressionFunction function, ReadOnlySpan<ExpressionValue> arguments, out ExpressionValue answer)
    {
        answer = default;
        return EvaluationState.Unknown;
    }

    public bool TryGet(in NamedValue name, out ExpressionValue value)
    {
        value = default;

        // What the file does not set may be set in the database.
        if (name.Source != NamedValueSource.Setting || document is null || !document.TryGet(name.Name, out var setting) || WrittenExpressionReader.IsUnknown(setting.Value))
            return false;
        if (name.Name == "cluster.node-id")
        {
            value = ExpressionValue.From(setting.Value).AsNumber();
            return value.Kind == ExpressionValueKind.Integer;
        }

        value = ExpressionValue.From(setting.Value);
        return true;
    }

    private static string Url(string target)
    {
        var fragment = target.IndexOf('#');
        if (fragment >= 0)
            target = target.Substring(0, fragment);
        var scheme = target.IndexOf("://", StringComparison.Ordinal);
        return scheme > 0 && target[0] != '/' ? target.Substring(0, scheme).ToLowerInvariant() + target.Substring(scheme) : target;
    }

    // Names in lower case; repeated ones are together at the place of the first; values beyond visible ASCII become empty.
    private static ExpressionValue Headers(IReadOnlyList<string> headers)
    {
        var names = new List<string>();
        var values = new List<List<string>>();
        foreach (var header in headers)
        {
            var colon = header.IndexOf(':');
            var name = (colon < 0 ? header : header.Substring(0, colon)).Trim().ToLowerInvariant();
            var text = colon < 0 ? "" : header.Substring(colon + 1).Trim();
            foreach (var c in text)
            {
                if (c is not (>= ' ' and <= '~' or '\t'))
                {
                    text = "";
                    break;
                }
            }

            var index = names.IndexOf(name);
            if (index < 0)
            {
                index = names.Count;
                names.Add(name);
                values.Add([]);
            }

            values[index].Add(name + ": " + text);
        }

        var items = new List<string>();
        foreach (var group in values)
            items.AddRange(group);
        return ExpressionValue.OfTexts(items);
    }
}
