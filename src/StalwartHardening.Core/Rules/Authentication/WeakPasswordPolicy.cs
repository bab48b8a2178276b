using System.Globalization;
using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Authentication;

/// <summary>Passwords that users may choose although attackers guess them.</summary>
internal sealed class WeakPasswordPolicy() : Rule(
    id: "SWH5008",
    title: "Require strong passwords",
    message: "'{0}: {1}' lets users choose passwords {2}. Leave it at its default, {3}.",
    why: "One mailbox with a guessed password is enough to send spam and to ask for the passwords of others. Bans slow down an attacker with one address; one with thousands of them tries the commonest passwords on every account.",
    remedy: "Leave the length at 8 characters or more and the strength at `three` or more. Passwords that users have are not touched; the next ones must satisfy it.",
    remedyInPlan: "Leave `Authentication/passwordMinLength` at 8 or more (NIST SP 800-63B asks for 8, and for 15 where nothing but the password is asked for) and `Authentication/passwordMinStrength` at `three` or more. Passwords that users have are not touched; the next ones must satisfy it.")
{
    // NIST SP 800-63B revision 3, 5.1.1.2, and the server's default (schema.json, Authentication.passwordMinLength).
    private const int LeastCharacters = 8;

    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        var demands = server.PasswordDemands;
        if (demands.MinLength is { } length && int.TryParse(length.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var characters) && characters < LeastCharacters)
            Report(judgement, length, characters == 1 ? "of one character" : "of " + length.Value + " characters", "8", null);
        // The scores of zxcvbn, which the server asks (crates/jmap/src/registry/mapping/principal.rs, 0.16.18): two withstands 10^8 guesses at most.
        if (demands.MinStrength is not { } strength)
            return;
        if (strength.Value is "zero" or "one")
            Report(judgement, strength, "that are among the first an attacker tries", "three", null);
        else if (strength.Value == "two")
            Report(judgement, strength, "that can be guessed where no limit slows an attacker down", "three", RuleSeverity.Info);
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding) =>
        [new Remedy("Take the default for passwords that users choose from now on", "safe/SWH5008/default", RemedySafety.Safe, [new SettingEdit.Set(finding.SettingKey, finding.Subject as string ?? "")])];

    private void Report(Judgement judgement, in Setting setting, string passwords, string fallback, RuleSeverity? severity) =>
        judgement.Add(new Finding(this, setting.ValueSpan, setting.Key, Display.Text(setting.Key), Display.Text(setting.Value), passwords, "'" + fallback + "'")
        {
            Subject = fallback,
            SeverityOverride = severity,
        });
}
