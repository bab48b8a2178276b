using StalwartHardening.Remedies;
using StalwartHardening.Server;

namespace StalwartHardening.Rules.Administrators;

/// <summary>The fallback administrator is still there.</summary>
internal sealed class ActiveFallbackAdministrator() : Rule(
    id: "SWH3001",
    title: "Remove the fallback administrator after setup",
    message: "The fallback administrator '{0}' is active: one password with every permission on every protocol. Remove 'authentication.fallback-admin' once the directory has an administrator.",
    why: "The fallback administrator is meant for the initial setup. It holds every permission, works over HTTP, IMAP, POP3, ManageSieve and SMTP, reads every mailbox over JMAP and WebDAV, and has neither a second factor nor the directory's policies. `enable = false` does nothing: the server has no such key.",
    remedy: "Create an administrator in the directory, then remove both `authentication.fallback-admin.user` and `authentication.fallback-admin.secret`.",
    whyInPlan: "The recovery administrator is meant for the initial setup and for emergencies. As long as the variable is set it holds every permission in every mode of the server, not only in recovery mode, on every protocol; it has no second factor and no list of allowed addresses, and with 'jane%admin' it logs in as anybody.",
    remedyInPlan: "Create an administrator on the server, then remove `STALWART_RECOVERY_ADMIN` from the service's environment. Set it again only while a recovery lasts.")
{
    /// <inheritdoc/>
    public override bool IsHeart => true;

    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        if (server.FallbackAdministrator is { } account)
            judgement.Add(this, account.User.ValueSpan, account.User.Key, Display.Text(account.User.Value));
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding)
    {
        if (server.FallbackAdministrator is null)
            yield break;
        yield return new Remedy(
            "Remove the fallback administrator (cuts off those who administer the server with it)",
            "review/SWH3001/remove",
            RemedySafety.Review,
            server.FallbackAdministrator?.Remove() ?? []);
        if (server.FallbackAdministrator is { } account && !account.Secret.Value.StartsWith("%{", StringComparison.Ordinal))
        {
            yield return new Remedy(
                $"Take the fallback administrator's secret from the environment variable {SecretVariable} (cuts off those who administer the server with it until the variable is set)",
                "review/SWH3001/secret-from-environment",
                RemedySafety.Review,
                [account.TakeSecretFrom("%{env:" + SecretVariable + "}%")])
            {
                EndsFinding = false,
            };
        }
    }

    private const string SecretVariable = "STALWART_FALLBACK_ADMIN_SECRET";
}
