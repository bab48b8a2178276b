using System.Globalization;
using StalwartHardening.Settings;

namespace StalwartHardening.Benchmarks;

/// <summary>A policy of many ordinary rules over several listeners.</summary>
internal static class AccessControlDocument
{
    public static SettingsDocument Create(int rules, int listeners)
    {
        var settings = new List<Setting>();
        for (var i = 0; i < listeners; i++)
        {
            Add($"server.listener.l{i}.bind", string.Create(CultureInfo.InvariantCulture, $"[::]:{8443 + i}"));
            Add($"server.listener.l{i}.protocol", "http");
            Add($"server.listener.l{i}.tls.implicit", "true");
        }

        for (var i = 0; i < rules; i++)
        {
            Add(string.Create(CultureInfo.InvariantCulture, $"http.allowed-endpoint.{i:0000}.if"), (i % 4) switch
            {
                0 => $"starts_with(url_path, '/jmap/{i}')",
                1 => $"listener == 'l{i}' && split(url_path, '/')[1] == 'dav{i}'",
                2 => $"remote_ip == '192.168.1.{i}' || starts_with(remote_ip, '10.{i}.')",
                _ => $"matches('^/calendar/{i}/[a-z]+$', url_path)",
            });
            Add(string.Create(CultureInfo.InvariantCulture, $"http.allowed-endpoint.{i:0000}.then"), "200");
        }

        Add(string.Create(CultureInfo.InvariantCulture, $"http.allowed-endpoint.{rules:0000}.else"), "404");
        return new SettingsDocument([.. settings], settings.Count, ServerVersion.Newest);

        void Add(string key, string value) => settings.Add(new Setting(key, value, new SourceSpan(settings.Count * 100, key.Length), new SourceSpan((settings.Count * 100) + 50, value.Length + 2)));
    }
}
