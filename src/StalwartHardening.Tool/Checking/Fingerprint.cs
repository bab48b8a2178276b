using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Tool.Checking;

/// <summary>
/// Knows a finding again in another version of the file: by the rule, the setting, the kind of its value and the how-manieth of
/// these it is. Not by lines, and not by the value, which may be a secret.
/// </summary>
internal sealed class Fingerprint
{
    /// <summary>What identifies this way of counting in SARIF.</summary>
    public const string Version = "stalwartHardening/v1";

    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);

    /// <summary>The fingerprint of the next finding of a file; call in text order.</summary>
    public string Next(Finding finding, SettingsDocument document)
    {
        // The place in a list changes when a line is added above.
        var key = SettingPath.ListOf(finding.SettingKey);
        var identity = string.Create(CultureInfo.InvariantCulture, $"{finding.Rule.Id}\n{key}\n{KindOf(finding, document)}");
        var ordinal = _seen.GetValueOrDefault(identity);
        _seen[identity] = ordinal + 1;
        return Hash(string.Create(CultureInfo.InvariantCulture, $"{identity}\n{ordinal}"));
    }

    /// <summary>Twenty-four hexadecimal digits of a hash.</summary>
    public static string Hash(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return Convert.ToHexStringLower(hash[..12]);
    }

    private static string KindOf(Finding finding, SettingsDocument document)
    {
        if (finding.SettingKey.Length == 0 || !document.TryGet(finding.SettingKey, out var setting))
            return "nothing";
        var value = setting.Value;
        if (value.Contains("%{", StringComparison.Ordinal))
            return "macro";
        if (Generation.For(document.Version).IsSecret(setting.Key))
            return "secret";
        if (value.Length == 0)
            return "empty";
        if (value is "true" or "false")
            return "boolean";
        if (value.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0)
            return "number";
        var colon = SocketAddressText.EndOfHost(value);
        return colon > 0 && colon < value.Length - 1 && value.AsSpan(colon + 1).IndexOfAnyExceptInRange('0', '9') < 0 ? "address" : "text";
    }
}
