using StalwartHardening.Remedies;
using StalwartHardening.Server;

namespace StalwartHardening.Rules.Administrators;

/// <summary>A master user is configured.</summary>
internal sealed class MasterUserEnabled() : Rule(
    id: "SWH3002",
    title: "Remove the master user",
    message: "The master user '{0}' is active: its password opens every account, including those of administrators, on every protocol and without a second factor. Remove 'authentication.master'.",
    why: "A login name that ends with the master user's name opens the account named before it, with the master password. It works on every protocol, for administrators too, and skips second factors. With an empty name one password opens everything.",
    remedy: "Remove both `authentication.master.user` and `authentication.master.secret`. An administrator with the impersonate permission can do the same and is logged under its own name.",
    whyInPlan: "An account with the permission `impersonate` logs in as anybody else with its own password, as in 'jane%admin', on every protocol and past second factors. One stolen password then opens every mailbox.",
    remedyInPlan: "Give the account a role, or `permissions`, without `impersonate`, and keep that permission for an account that is used for nothing else.")
{
    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        if (server.MasterUser is { } account)
            judgement.Add(this, account.User.ValueSpan, account.User.Key, Display.Text(account.User.Value));
        foreach (var impersonator in server.Accounts)
        {
            if (impersonator is not { Impersonation: { } through, IsUnknown: false })
                continue;
            var name = Display.Text(impersonator.Name.Value);
            judgement.Add(new Finding(this, through.ValueSpan, through.Key, name)
            {
                Wording = $"Account '{name}' may impersonate: with its own password it logs in as anybody ('user%{name}'), through {impersonator.ImpersonatesThrough}. Take the permission 'impersonate' away where it is not needed.",
                SeverityOverride = RuleSeverity.Info,
            });
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding) =>
        server.MasterUser is { } account && finding.SettingKey == account.User.Key
            ? [new Remedy("Remove the master user (cuts off programs that open accounts with it)", "review/SWH3002/remove", RemedySafety.Review, account.Remove())]
            : [];
}
