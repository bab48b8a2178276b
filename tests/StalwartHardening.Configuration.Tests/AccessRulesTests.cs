using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using StalwartHardening.Configuration;
using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Server.Access;
using StalwartHardening.Server.Accounts;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests;

/// <summary>A typed list of access rules decides as it reads, once the server evaluates the expression that is written.</summary>
public sealed class AccessRulesTests
{
    private static readonly (string Path, Configuration.HttpEndpoint Endpoint)[] Known =
        [("/jmap", Endpoints.Jmap), ("/dav", Endpoints.WebDav), ("/.well-known", Endpoints.WellKnown), ("/api", Endpoints.ManagementApi), ("/metrics", Endpoints.Metrics)];

    [Fact]
    public void A_random_list_of_rules_decides_as_it_reads()
    {
#pragma warning disable CA5394 // The same lists in every run.
        var random = new Random(20261123);
        var (decided, admitted) = (0, 0);
        for (var run = 0; run < 400; run++)
        {
            var server = StalwartServer.CreateBuilder("mail.example.org");
            var rules = new List<(string? Path, IPNetwork? Network, int Status)>();
            for (var count = random.Next(1, 6); count > 0; count--)
            {
                var target = random.Next(4) == 0 ? default : Known[random.Next(Known.Length)];
                var network = random.Next(3) == 0 ? (IPNetwork?)null : Network(random);
                var isRefusal = random.Next(3) == 0;
                rules.Add((target.Path, network, isRefusal ? 403 : 200));
                var list = server.Http.AccessRules;
                var rule = isRefusal ? target.Path is null ? list.Refuse(403) : list.Refuse(403, target.Endpoint)
                    : target.Path is null ? list.Allow() : list.Allow(target.Endpoint);
                if (network is { } from)
                    rule.From(from.ToString());
            }

            var otherwise = random.Next(4) == 0 ? 200 : 404;
            server.Http.AccessRules.Otherwise(otherwise);
            var policy = Generation.ReadFile(server.Build().ToToml(), ServerVersion.Newest, TestContext.Current.CancellationToken).HttpAccess;
            Assert.True(policy.IsInForce);
            for (var i = 0; i < 40; i++)
            {
                var address = Address(random, rules);
                var path = Known[random.Next(Known.Length)].Path + (random.Next(2) == 0 ? "" : "/x");
                var expected = otherwise;
                foreach (var rule in rules)
                {
                    if ((rule.Path is null || path == rule.Path || path.StartsWith(rule.Path + "/", StringComparison.Ordinal)) && (rule.Network is not { } network || network.Contains(address)))
                    {
                        expected = rule.Status;
                        break;
                    }
                }

                var verdict = policy.Decide(new HttpRequest { Target = path, RemoteIp = address.ToString() });
                Assert.True(expected == verdict.Status, $"{path} from {address}: {verdict.Status} instead of {expected} by\n{string.Join('\n', rules)}\n{server.Build().ToToml()}");
                decided++;
                admitted += verdict.Decision == HttpDecision.LetThrough ? 1 : 0;
            }
        }

        Assert.InRange(admitted, decided / 10, decided * 9 / 10);
    }

    // What the expressions can say: IPv4 networks of any size, and IPv6 networks that end with a group.
    private static IPNetwork Network(Random random)
    {
        if (random.Next(3) == 0)
        {
            var bytes = new byte[16];
            random.NextBytes(bytes);
            bytes[0] = 0x20;
            var groups = random.Next(1, 4);
            Array.Clear(bytes, groups * 2, 16 - (groups * 2));
            // A group of its own first: shortest forms differ where zeros follow each other.
            for (var i = 0; i < groups; i++)
                bytes[(i * 2) + 1] |= 1;
            return new IPNetwork(new IPAddress(bytes), groups * 16);
        }

        var length = random.Next(1, 33);
        var mask = length == 32 ? uint.MaxValue : ~(uint.MaxValue >> length);
        var number = (uint)random.NextInt64(1L << 32) & mask;
        return new IPNetwork(new IPAddress([(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number]), length);
    }

    // Near the edges of the networks, where mistakes are.
    private static IPAddress Address(Random random, List<(string? Path, IPNetwork? Network, int Status)> rules)
    {
        var networks = rules.Where(static rule => rule.Network is not null).Select(static rule => rule.Network!.Value).ToList();
        if (networks.Count == 0 || random.Next(4) == 0)
            return IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"{random.Next(1, 224)}.{random.Next(256)}.{random.Next(256)}.{random.Next(256)}"));
        var network = networks[random.Next(networks.Count)];
        var bytes = network.BaseAddress.GetAddressBytes();
        var random2 = new byte[bytes.Length];
        random.NextBytes(random2);
        for (var bit = network.PrefixLength; bit < bytes.Length * 8; bit++)
        {
            var fill = random.Next(3) switch { 0 => 0, 1 => 255, _ => random2[bit / 8] };
            bytes[bit / 8] = (byte)((bytes[bit / 8] & ~(0x80 >> (bit % 8))) | (fill & (0x80 >> (bit % 8))));
        }

        // Half of them just outside.
        if (network.PrefixLength > 0 && random.Next(2) == 0)
            bytes[(network.PrefixLength - 1) / 8] ^= (byte)(0x80 >> ((network.PrefixLength - 1) % 8));
        var address = new IPAddress(bytes);
#pragma warning restore CA5394
        // The machine itself passes whatever is refused.
        return IPAddress.IsLoopback(address) || address.IsIPv4MappedToIPv6 ? IPAddress.Parse("203.0.113.7") : address;
    }

    [Fact]
    public void Both_spellings_of_autodiscover_are_admitted()
    {
        var server = StalwartServer.CreateBuilder("mail.example.org");
        server.Http.AccessRules.Allow(Endpoints.Autodiscover);
        var policy = Generation.ReadFile(server.Build().ToToml(), ServerVersion.Newest, TestContext.Current.CancellationToken).HttpAccess;
        foreach (var path in (string[])["/autodiscover/autodiscover.xml", "/Autodiscover/Autodiscover.xml"])
            Assert.Equal(HttpDecision.LetThrough, policy.Decide(new HttpRequest { Target = path }).Decision);
    }

    [Fact]
    public void Every_permission_has_a_name_that_the_server_knows()
    {
        // "principal-{list,get}" in the facts stands for two names, "imap-*" for all that begin so.
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (Match quoted in Regex.Matches(File.ReadAllText(Repository.SharedOrSkip("facts", "toml-settings.md")), "`([a-z0-9{},*-]+)`"))
            known.UnionWith(Expand(quoted.Groups[1].Value));
        var names = typeof(Permission).GetProperties(BindingFlags.Public | BindingFlags.Static).SelectMany(static property => ((Permission)property.GetValue(null)!).Names)
            .Concat(MailServicePermissions.Services.SelectMany(static service => MailServicePermissions.Of(service))).ToList();
        Assert.True(names.Count > 40);
        var unknown = names.Where(name => !known.Contains(name) && !known.Any(entry => entry.EndsWith('*') && name.StartsWith(entry[..^1], StringComparison.Ordinal)));
        Assert.Empty(unknown);
    }

    private static IEnumerable<string> Expand(string text)
    {
        var open = text.IndexOf('{', StringComparison.Ordinal);
        var close = open < 0 ? -1 : text.IndexOf('}', open);
        if (close < 0)
            return [text];
        return text[(open + 1)..close].Split(',').SelectMany(choice => Expand(text[..open] + (choice == "..." ? "*" : choice) + text[(close + 1)..]));
    }
}
