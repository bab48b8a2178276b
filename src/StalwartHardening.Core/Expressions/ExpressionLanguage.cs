using System.Collections.Concurrent;
using System.Globalization;
using StalwartHardening.Expressions.Functions;

namespace StalwartHardening.Expressions;

/// <summary>
/// The words of the server's expression language in one generation and one place: variables, functions, constants, durations.
/// Tokens, operators and values are the same in all of them.
/// </summary>
internal sealed class ExpressionLanguage
{
    /// <summary>The number of the first variable that this tool gives no value; the numbers below are those of <see cref="HttpVariable"/>.</summary>
    public const int FirstOtherVariable = (int)HttpVariable.Country + 1;

    private const int MaxDurationLength = 24;
    private const int StrictDurationsSince = 13;

    // Every variable of 0.16 (enumeration ExpressionVariable of 0.16.18).
    private const string ObjectVariables =
        "asn attributes authenticated_as authority bcc bcc.domain bcc.local bcc.name body body.html body.raw body.text body.words cc cc.domain cc.local cc.name country "
        + "domain email email_lower env_from env_from.domain env_from.local env_to expires_in from from.domain from.local from.name headers helo_domain host ip ip_reverse "
        + "is_tls is_v4 is_v6 last_error last_status listener local local_ip local_port location method mx name name_lower notify_num octets path path_query port priority "
        + "protocol query queue_age queue_name raw raw_lower rcpt rcpt_domain received_from_ip received_via_port recipients remote_ip remote_ip.ptr remote_port reply_to "
        + "reply_to.domain reply_to.local reply_to.name retry_num reverse_ip scheme sender sender_domain size sld source subject subject.thread subject.words to to.domain "
        + "to.local to.name url url_original value value_lower";

    private static readonly (string Name, HttpVariable Variable)[] SmtpVariables =
    [
        ("helo_domain", HttpVariable.HeloDomain), ("authenticated_as", HttpVariable.AuthenticatedAs), ("sender", HttpVariable.Sender), ("sender_domain", HttpVariable.SenderDomain),
        ("rcpt", HttpVariable.Recipient), ("rcpt_domain", HttpVariable.RecipientDomain), ("recipients", HttpVariable.Recipients),
    ];

    private static readonly string[] HttpNames = ["listener", "remote_ip", "remote_port", "local_ip", "local_port", "protocol", "is_tls", "url", "url_path", "method", "headers"];

    private static readonly string[] ObjectHttpNames = ["listener", "remote_ip", "remote_port", "local_ip", "local_port", "protocol", "is_tls", "url", "path", "method", "headers"];

    // Their order is the order in which they compare.
    private static readonly string[] ObjectConstants =
    [
        "relaxed", "strict", "disable", "optional", "require", "ipv4_only", "ipv6_only", "ipv6_then_ipv4", "ipv4_then_ipv6", "hourly", "daily", "weekly",
        "login", "plain", "xoauth2", "oauthbearer", "mixer", "stanag4406", "nsep",
    ];

    private static readonly string[] SystemNames = ["hostname", "domain", "node_id", "node_hostname", "node_role"];

    // A plan has dozens of expressions, and what changed in 0.16 changed at three patches.
    private static readonly ConcurrentDictionary<(ExpressionScope Scope, FunctionTable Functions, ExpressionConstants Constants, bool HasStrictDurations), ExpressionLanguage> KnownLanguages = new();

    private readonly string[] _httpNames;
    private readonly FunctionTable _functions;
    private readonly ExpressionVocabulary? _vocabulary;
    private readonly ExpressionScope? _scope;
    private readonly ExpressionConstants _constants;
    private readonly bool _hasStrictDurations;

    // Empty where a vocabulary has the variables.
    private readonly Dictionary<string, int> _variables = new(StringComparer.Ordinal);

    private ExpressionLanguage(ExpressionVocabulary vocabulary)
    {
        _httpNames = HttpNames;
        _functions = FunctionTable.Settings;
        _vocabulary = vocabulary;
        _constants = ExpressionConstants.All;
    }

    private ExpressionLanguage(ExpressionScope scope, FunctionTable functions, ExpressionConstants constants, bool hasStrictDurations)
    {
        _httpNames = ObjectHttpNames;
        _functions = functions;
        _scope = scope;
        _constants = constants;
        _hasStrictDurations = hasStrictDurations;
        for (var i = 0; i < _httpNames.Length; i++)
            _variables.Add(_httpNames[i], i);
        if (scope.IsOfSmtp)
        {
            foreach (var (name, variable) in SmtpVariables)
                _variables.Add(name, (int)variable);
        }

        var number = FirstOtherVariable;
        foreach (var name in ObjectVariables.Split(' '))
        {
            if (!_variables.ContainsKey(name))
                _variables.Add(name, number++);
        }
    }

    /// <summary>The language of <c>http.allowed-endpoint</c>, up to 0.15.</summary>
    public static ExpressionLanguage Settings { get; } = new(ExpressionVocabulary.Http);

    /// <summary>The language of <c>Http.allowedEndpoints</c> in the newest 0.16.</summary>
    public static ExpressionLanguage Objects { get; } = ObjectsOf(int.MaxValue, ExpressionScope.HttpRequest);

    /// <summary>Whether this is the language of 0.16 and later.</summary>
    public bool IsOfObjects => _scope is not null;

    /// <summary>The language of the fields of a scope in 0.16.<paramref name="patch"/>, with every constant or with those given.</summary>
    public static ExpressionLanguage ObjectsOf(int patch, ExpressionScope scope, ExpressionConstants? constants = null) => KnownLanguages.GetOrAdd(
        (scope, FunctionTable.ObjectsOf(patch), constants ?? ExpressionConstants.All, patch >= StrictDurationsSince),
        static key => new ExpressionLanguage(key.Scope, key.Functions, key.Constants, key.HasStrictDurations));

    /// <summary>Where it is spoken, for messages.</summary>
    public string Place => _vocabulary?.Place ?? "an expression at this place";

    /// <summary>The language of a setting up to 0.15.</summary>
    public static ExpressionLanguage SettingsAt(ExpressionVocabulary vocabulary) => vocabulary == ExpressionVocabulary.Http ? Settings : new ExpressionLanguage(vocabulary);

    /// <summary>What this generation calls a variable.</summary>
    public string NameOf(HttpVariable variable) => _httpNames[(int)variable];

    public ExpressionFunction? FindFunction(string name) => _functions.Find(name);

    /// <summary>
    /// The number of a variable, that of <see cref="HttpVariable"/> or another; false where there is none of that name. A variable of
    /// another place is <paramref name="isForbidden"/>: the server knows it and refuses it here.
    /// </summary>
    public bool TryFindVariable(string name, out int number, out bool isForbidden)
    {
        isForbidden = false;
        if (_vocabulary is not null)
        {
            var isKnown = _vocabulary.TryFindVariable(name, out var known);
            number = (int)known;
            return isKnown;
        }

        if (!_variables.TryGetValue(name, out number))
            return false;
        isForbidden = _scope is not null && !_scope.Allows(name);
        return true;
    }

    /// <summary>The constants that may stand here, for messages.</summary>
    public string ConstantNames => _constants.ToString();

    /// <summary>
    /// A word that is a value of its own, apart from <c>true</c> and <c>false</c>. One of another place is <paramref name="isForbidden"/>: the
    /// server knows it and refuses it here.
    /// </summary>
    public bool TryFindConstant(string name, out ExpressionValue constant, out bool isForbidden)
    {
        isForbidden = IsOfObjects && !_constants.Allows(name);
        if (_vocabulary is not null)
            return _vocabulary.TryFindConstant(name, out constant);
        var position = IsOfObjects ? Array.IndexOf(ObjectConstants, name) : -1;
        constant = position < 0 ? default : ExpressionValue.OfConstant(name, position);
        return position >= 0;
    }

    /// <summary>Whether a word before a parenthesis is a function that takes a literal name and nothing else.</summary>
    public bool TryFindNamedValueSource(string word, out NamedValueSource source)
    {
        source = word switch
        {
            "system" => NamedValueSource.System,
            "metric" => NamedValueSource.Metric,
            _ => NamedValueSource.Setting,
        };
        return IsOfObjects ? source != NamedValueSource.Setting : word == "config_get";
    }

    /// <summary>Whether the server knows what is asked for; it takes the name of any setting.</summary>
    public static bool IsKnown(in NamedValue value) => value.Source switch
    {
        NamedValueSource.System => Array.IndexOf(SystemNames, value.Name) >= 0,
        NamedValueSource.Metric => MetricNames.Contains(value.Name),
        _ => true,
    };

    /// <summary>
    /// Reads a duration as milliseconds. Up to 0.16.12 digits and letters may be in any order (<c>m5</c> is five minutes, <c>1d2</c> twelve days)
    /// and zero is none (<c>config/utils.rs</c>, 0.15.5); since then digits come first, and zero is one.
    /// </summary>
    public bool TryParseDuration(string word, out long milliseconds)
    {
        milliseconds = 0;
        if (word.Length > MaxDurationLength)
            return false;
        var digits = "";
        var unit = "";
        foreach (var c in word)
        {
            if (c is not (>= '0' and <= '9'))
                unit += char.ToLowerInvariant(c);
            else if (unit.Length > 0 && _hasStrictDurations)
                return false;
            else
                digits += c;
        }

        long factor = unit switch { "d" => 86_400_000, "h" => 3_600_000, "m" => 60_000, "s" => 1_000, "ms" => 1, _ => 0 };
        if (factor == 0 || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return false;
        milliseconds = unchecked(count * factor);
        return _hasStrictDurations ? count <= long.MaxValue / factor : count != 0;
    }
}
