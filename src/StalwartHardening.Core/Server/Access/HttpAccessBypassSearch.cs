using StalwartHardening.Expressions;
using StalwartHardening.Settings;

namespace StalwartHardening.Server.Access;

/// <summary>Looks for ways around a policy, by asking it about pairs of requests.</summary>
internal sealed class HttpAccessBypassSearch
{
    private static readonly (HttpRequestParts Part, HttpVariable Variable, string Reason)[] Ways =
    [
        (HttpRequestParts.TargetForm, HttpVariable.Url, "which is the same route: 'url' is the request target as the client writes it. Compare '{0}'"),
        (HttpRequestParts.Headers, HttpVariable.Headers, "because of a header that any client can send. Do not admit by headers"),
        (HttpRequestParts.RemotePort, HttpVariable.RemotePort, "because of a port that any client can choose. Do not admit by 'remote_port'"),
    ];

    private readonly ServerConfiguration _server;
    private readonly HttpAccessPolicy _policy;
    private readonly AccessInquiry _inquiry;
    private readonly HttpRequest _example;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<(string, HttpVariable), HttpAccessBypass> _found = [];

    // Rules whose status the client picks: that they admit anything else has this one cause.
    private readonly HashSet<int> _chosen = [];

    private List<HttpRequest>? _refused;

    private HttpAccessBypassSearch(ServerConfiguration server, AccessInquiry inquiry, HttpRequest example, CancellationToken cancellationToken)
    {
        _server = server;
        _policy = inquiry.Policy;
        _inquiry = inquiry;
        _example = example;
        _cancellationToken = cancellationToken;
    }

    /// <summary>One way around each part of a rule, where one was found.</summary>
    public static IEnumerable<HttpAccessBypass> Find(ServerConfiguration server, CancellationToken cancellationToken)
    {
        var found = new Dictionary<(string, HttpVariable), HttpAccessBypass>();
        var inquiry = server.HttpAccess.Ask();
        foreach (var entrance in server.HttpExposure.Entrances)
        {
            var first = Find(server, inquiry, entrance.Example, cancellationToken);
            for (var i = 1; i < entrance.Cases.Count && first.Count > 0; i++)
            {
                var other = Find(server, inquiry, entrance.Cases[i], cancellationToken);
                foreach (var key in first.Keys.Where(key => !other.ContainsKey(key)).ToList())
                    first.Remove(key);
            }

            foreach (var pair in first)
            {
                if (!found.ContainsKey(pair.Key))
                    found.Add(pair.Key, pair.Value);
            }
        }

        return found.Values;
    }

    private static Dictionary<(string, HttpVariable), HttpAccessBypass> Find(ServerConfiguration server, AccessInquiry inquiry, HttpRequest example, CancellationToken cancellationToken)
    {
        var search = new HttpAccessBypassSearch(server, inquiry, example, cancellationToken);
        search.FindChosenStatuses();
        search.FindOtherForms();
        search.FindOtherSpellings();
        search.FindWideAddresses();
        search.FindOtherAddresses();
        return search._found;
    }

    // Request targets, headers and ports are the client's own words.
    private void FindOtherForms()
    {
        foreach (var (part, variable, reason) in Ways)
        {
            if (!_policy.Block.Uses(variable))
                continue;
            foreach (var plain in Refused)
            {
                _cancellationToken.ThrowIfCancellationRequested();
                if (_inquiry.FindWitness(new HttpRequestPattern(plain, part), HttpDecision.LetThrough) is { } twin)
                    Add(variable, plain, twin, reason.Replace("{0}", _policy.Block.Language.NameOf(HttpVariable.UrlPath)));
            }
        }
    }

    private void FindOtherSpellings()
    {
        var spellings = RouteSpellings.From(_policy, _server.Endpoints);
        if (!spellings.Matter)
            return;
        var tried = new HashSet<HttpEndpointGroup>();
        foreach (var endpoint in _server.Endpoints.All)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            var isSensitive = _server.Endpoints.IsSensitive(endpoint, _server);

            // To rules that do not name them, the endpoints of a group are all alike.
            if (!(isSensitive && tried.Add(endpoint.Group)) && !spellings.Mention(endpoint))
                continue;
            foreach (var (path, others) in spellings.PathsOf(endpoint))
            {
                var plain = RequestOf(endpoint, path);

                // What clients need may be left out of a list; only what is refused on purpose can be avoided.
                if (!IsRefused(plain) || (!isSensitive && !LetsASiblingThrough(plain)))
                    continue;
                foreach (var other in others)
                {
                    var twin = plain with { Target = other };
                    if (!IsLetThrough(twin))
                        continue;
                    Add(HttpVariable.UrlPath, plain, twin, $"which reaches the same route. Compare whole path segments, as in split({_policy.Block.Language.NameOf(HttpVariable.UrlPath)}, '/')[1]");
                    break;
                }
            }
        }
    }

    // A consequence that is the client's own text: a capture, a part of the path, a header.
    private void FindChosenStatuses()
    {
        const HttpRequestParts Open = HttpRequestParts.Path | HttpRequestParts.Headers | HttpRequestParts.Method;
        for (var i = 0; i <= _policy.Block.Rules.Count && !_inquiry.IsSpent; i++)
        {
            var branch = _policy.Block.Branch(i);
            if (Array.TrueForAll(branch.Expression.Steps, static step => step.Kind is ExpressionStepKind.Constant)
                || _inquiry.Evaluate(branch, new HttpRequestPattern(_example, Open)).Options is not null)
            {
                continue;
            }

            var chosen = i;
            HttpRequest? refused = null;
            var twin = _inquiry.FindWitness(new HttpRequestPattern(_example, Open), request =>
            {
                if (!IsDecidedBy(request, chosen, HttpDecision.LetThrough, hasStatus: true))
                    return false;
                refused = WithOtherStatus(request);
                return IsDecidedBy(refused, chosen, HttpDecision.Refused, hasStatus: true);
            });
            if (twin is null || refused is null)
                continue;
            if (i < _policy.Block.Rules.Count)
                _chosen.Add(i);
            Add(branch.Setting, HttpVariable.Method, refused.ToString(), twin.ToString(), "because the client's own text picks the status. Write the status as a number");
        }
    }

    private static HttpRequest WithOtherStatus(HttpRequest request) => request with
    {
        Target = request.Target.Replace("200", "403"),
        Method = request.Method.Replace("200", "403"),
        Headers = [.. request.Headers.Select(static header => header.Replace("200", "403"))],
    };

    // Addresses are texts to the language: a part of one is also a part of others.
    private void FindWideAddresses()
    {
        if (!_policy.Block.Uses(HttpVariable.RemoteIp))
            return;
        foreach (var rule in _policy.Block.Rules)
            FindWideAddresses(rule.If);
        FindWideAddresses(_policy.Block.Default);
    }

    private void FindWideAddresses(WrittenExpression written)
    {
        foreach (var comparison in AddressComparison.In(written.Expression))
        {
            foreach (var (address, advice) in AddressNeighbours.Of(comparison))
            {
                _cancellationToken.ThrowIfCancellationRequested();
                if (!comparison.Takes(address, _inquiry.Budget))
                    continue;
                foreach (var plain in Refused)
                {
                    var twin = plain with { RemoteIp = address };
                    if (!IsLetThrough(twin))
                        continue;
                    Add(written.Setting, HttpVariable.RemoteIp, plain.ToString(), twin.ToString(), advice);
                    return;
                }
            }
        }
    }

    private void FindOtherAddresses()
    {
        if (!_policy.Block.Uses(HttpVariable.LocalIp))
            return;
        foreach (var endpoint in _server.Endpoints.All)
        {
            var request = RequestOf(endpoint);
            if (!_server.Endpoints.IsSensitive(endpoint, _server) || !IsLetThrough(request)
                || OtherAddress.Refusing(_inquiry, request) is not { } imagined)
            {
                continue;
            }

            _inquiry.Decide(imagined, out var refusing);
            Add(
                Culprit(HttpVariable.LocalIp, refusing, refusing),
                HttpVariable.LocalIp,
                $"{imagined} to {imagined.LocalIp}",
                $"{request} to {request.LocalIp}",
                $"and the listener is bound to {request.LocalIp}, which 'local_ip' then is, whichever address the client connects to. Give that address a listener of its own and compare 'listener'");
        }
    }

    // The plain requests to all endpoints that are refused.
    private List<HttpRequest> Refused => _refused ??= [.. _server.Endpoints.All.Select(RequestOf).Where(IsRefused)];

    private HttpRequest RequestOf(HttpEndpoint endpoint) => RequestOf(endpoint, endpoint.Path);

    private HttpRequest RequestOf(HttpEndpoint endpoint, string path) => _example with { Target = path, Method = endpoint.Methods[0] };

    private bool LetsASiblingThrough(HttpRequest plain)
    {
        foreach (var sibling in RouteSpellings.Siblings(plain.Target))
        {
            if (IsLetThrough(plain with { Target = sibling }))
                return true;
        }

        return false;
    }

    private bool IsRefused(HttpRequest request) => _inquiry.Decide(request).Decision == HttpDecision.Refused;

    private bool IsLetThrough(HttpRequest request) => _inquiry.Decide(request).Decision == HttpDecision.LetThrough;

    private bool IsDecidedBy(HttpRequest request, int branch, HttpDecision decision, bool hasStatus)
    {
        var verdict = _inquiry.Decide(request, out var decided);
        return decided == branch && verdict.Decision == decision && verdict.HasStatus == hasStatus;
    }

    private void Add(HttpVariable variable, HttpRequest refused, HttpRequest twin, string reason)
    {
        _inquiry.Decide(refused, out var refusing);
        _inquiry.Decide(twin, out var admitting);
        if (_chosen.Contains(admitting))
            return;
        Add(Culprit(variable, admitting, refusing), variable, refused.ToString(), twin.ToString(), reason);
    }

    private void Add(Setting setting, HttpVariable variable, string refused, string twin, string reason)
    {
        // The target holds the path: where both can be avoided, the one correction serves both.
        var key = (setting.Key, variable == HttpVariable.UrlPath ? HttpVariable.Url : variable);
        if (!_found.ContainsKey(key))
            _found.Add(key, new HttpAccessBypass(setting, variable, refused, twin, reason));
    }

    // The condition that asks for the variable: the one that admits the twin, the one the twin avoids, or any.
    private Setting Culprit(HttpVariable variable, int admitting, int refusing)
    {
        foreach (var index in new[] { admitting, refusing })
        {
            if (index < _policy.Block.Rules.Count && Asks(_policy.Block.Rules[index].If.Expression, variable))
                return _policy.Block.Rules[index].If.Setting;
        }

        foreach (var rule in _policy.Block.Rules)
        {
            if (Asks(rule.If.Expression, variable))
                return rule.If.Setting;
        }

        return _policy.Block.Branch(refusing).Setting;
    }

    private static bool Asks(Expression expression, HttpVariable variable) =>
        expression.Uses(variable) || (variable == HttpVariable.UrlPath && expression.Uses(HttpVariable.Url));
}
