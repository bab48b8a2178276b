using StalwartHardening.Configuration;
using StalwartHardening.Configuration.Objects;

/// <summary>Domains, groups, accounts and signatures, as the vendor documents them in an example.</summary>
public static class BulkPlan
{
    /// <summary>The plan.</summary>
    public static StalwartPlan Create()
    {
        var plan = new StalwartPlan();

        var domA = new Domain
        {
            Name = "example.com",
            Description = "Primary corporate domain",
        };
        var domB = new Domain
        {
            Name = "example.net",
            Description = "Secondary domain (transactional mail)",
        };
        plan.Upsert(domA, domB);

        var grpSales = new Account.Group
        {
            Name = "sales",
            DomainId = domA,
            Description = "Sales team",
        };
        var grpSupport = new Account.Group
        {
            Name = "support",
            DomainId = domA,
            Description = "Customer support",
        };
        plan.Upsert(grpSales, grpSupport).MatchOn(nameof(Account.Name));

        var usrAlice = new Account.User
        {
            Name = "alice",
            DomainId = domA,
            Credentials = [new Credential.Password { Secret = Secret.Hash("$argon2id$v=19$m=19456,t=2,p=1$REPLACE_WITH_REAL_SALT$REPLACE_WITH_REAL_HASH") }],
            MemberGroupIds = [grpSales],
            Description = "Alice Example",
        };
        var usrBob = new Account.User
        {
            Name = "bob",
            DomainId = domA,
            Credentials = [new Credential.Password { Secret = Secret.Hash("$argon2id$v=19$m=19456,t=2,p=1$REPLACE_WITH_REAL_SALT$REPLACE_WITH_REAL_HASH") }],
            MemberGroupIds = [grpSupport, grpSales],
            Description = "Bob Example",
        };
        var usrCarol = new Account.User
        {
            Name = "carol",
            DomainId = domB,
            Credentials = [new Credential.Password { Secret = Secret.Hash("$argon2id$v=19$m=19456,t=2,p=1$REPLACE_WITH_REAL_SALT$REPLACE_WITH_REAL_HASH") }],
            MemberGroupIds = [],
            Description = "Carol Example",
        };
        plan.Upsert(usrAlice, usrBob, usrCarol).MatchOn(nameof(Account.Name));

        var dkimAEd25519 = new DkimSignature.Dkim1Ed25519Sha256
        {
            Canonicalization = DkimCanonicalization.RelaxedRelaxed,
            DomainId = domA,
            PrivateKey = Secret.InsecurePlainText("-----BEGIN PRIVATE KEY-----\nREDACTED\n-----END PRIVATE KEY-----\n"),
            Selector = "v1-ed25519-example-com",
        };
        var dkimARsa = new DkimSignature.Dkim1RsaSha256
        {
            Canonicalization = DkimCanonicalization.RelaxedRelaxed,
            DomainId = domA,
            PrivateKey = Secret.InsecurePlainText("-----BEGIN RSA PRIVATE KEY-----\nREDACTED\n-----END RSA PRIVATE KEY-----\n"),
            Selector = "v1-rsa-example-com",
        };
        var dkimBEd25519 = new DkimSignature.Dkim1Ed25519Sha256
        {
            Canonicalization = DkimCanonicalization.RelaxedRelaxed,
            DomainId = domB,
            PrivateKey = Secret.InsecurePlainText("-----BEGIN PRIVATE KEY-----\nREDACTED\n-----END PRIVATE KEY-----\n"),
            Selector = "v1-ed25519-example-net",
        };
        plan.Upsert<DkimSignature>(dkimAEd25519, dkimARsa, dkimBEd25519);

        plan.Update(new SystemSettings
        {
            DefaultDomainId = domA,
            DefaultHostname = "mail.example.com",
        });

        plan.Update(new Enterprise
        {
            LicenseKey = Secret.InsecurePlainText("REPLACE_WITH_REAL_ENTERPRISE_LICENSE_KEY"),
            ApiKey = null,
        });

        plan.Update(new BlobStore.Default());

        plan.Update(new InMemoryStore.Default());

        plan.Update(new SearchStore.Default());

        return plan;
    }
}
