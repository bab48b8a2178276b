using StalwartHardening.Configuration.Annotations;

namespace StalwartHardening.Configuration;

/// <summary>A directory in an SQL database (documented in <c>auth/backend/sql</c>).</summary>
public sealed partial class SqlDirectoryBuilder : DirectoryBuilderBase<SqlDirectoryBuilder>
{
    internal SqlDirectoryBuilder(SettingsSheet sheet, string scope)
        : base(sheet, scope)
    {
    }

    /// <summary>The column that makes a row an administrator or a group (<c>columns.class</c>). Anybody who may write it makes administrators.</summary>
    /// <param name="column">The column.</param>
    [Setting("columns.class", Value = "{column}")]
    public partial SqlDirectoryBuilder WithClassColumn(string column);

    /// <summary>The column with the password hash (<c>columns.secret</c>).</summary>
    /// <param name="column">The column.</param>
    [Setting("columns.secret", Value = "{column}")]
    public partial SqlDirectoryBuilder WithSecretColumn(string column);
}
