using StalwartHardening.Expressions;
using StalwartHardening.Expressions.Functions;

namespace StalwartHardening.Server.Access;

/// <summary>
/// The server on which answers were recorded: it has a name, one local domain with one local address, no other setting, no DNS, and the lookup
/// stores it is given, all of them empty. What tests against recorded answers need, not what any real server is.
/// </summary>
internal sealed class ReferenceServer(HttpRequest request, ExpressionLanguage language, IReadOnlyCollection<string> stores) : IExpressionContext
{
    private const string Hostname = "mail.example.org";
    private const string Domain = "example.org";
    private const string Address = "admin@example.org";

    private static readonly string[] RecordTypes = ["ip", "mx", "txt", "ptr", "ipv4", "ipv6"];

    private readonly HttpRequestContext _request = new(request);

    public ExpressionValue Get(HttpVariable variable) => _request.Get(variable);

    public bool TryGet(in NamedValue name, out ExpressionValue value)
    {
        value = (name.Source, name.Name) switch
        {
            (NamedValueSource.Metric, _) => ExpressionValue.From(0.0),
            (NamedValueSource.System, "hostname") or (NamedValueSource.Setting, "server.hostname") => ExpressionValue.From(Hostname),
            (NamedValueSource.System, "domain") => ExpressionValue.From(Domain),
            (NamedValueSource.System, "node_id") => ExpressionValue.From(7L),
            (NamedValueSource.System, "node_hostname") => ExpressionValue.From("node1.example.org"),
            _ => ExpressionValue.From(""),
        };
        return true;
    }

    public EvaluationState Ask(ExpressionFunction function, ReadOnlySpan<ExpressionValue> arguments, out ExpressionValue answer)
    {
        answer = default;

        // Up to 0.15 an unknown store is the default store, which does not answer either.
        if (!language.IsOfObjects)
            return EvaluationState.Failed;
        switch (function.Name)
        {
            case "is_local_domain":
                answer = ExpressionValue.From(arguments[0].AsText() == Domain);
                return EvaluationState.Done;
            case "is_local_address":
                answer = ExpressionValue.From(arguments[0].AsText() == Address);
                return EvaluationState.Done;
            case "dns_query":
                var type = arguments[1].AsText();
                return Array.Exists(RecordTypes, known => TextFunctions.EqualsIgnoringAsciiCase(known, type)) ? EvaluationState.Failed : EvaluationState.Done;
            case "sql_query":
                return EvaluationState.Failed;
        }

        if (stores.Contains(arguments[0].AsText()))
        {
            answer = function.Name switch
            {
                "key_exists" or "counter_get" => ExpressionValue.From(0L),
                "key_set" => ExpressionValue.From(1L),
                "counter_incr" => arguments[2].AsNumber(),
                _ => ExpressionValue.From(""),
            };
        }

        return EvaluationState.Done;
    }
}
