using StalwartHardening.Configuration.Annotations;

namespace StalwartHardening.Configuration;

/// <summary>A directory in an SQL database (documented in <c>auth/backend/sql</c>).</summary>
public sealed class SqlDirectoryBuilder : DirectoryBuilderBase<SqlDirectoryBuilder>
{
    internal SqlDirectoryBuilder(SettingsSheet sheet, string scope, string id)
        : base(sheet, scope, id)
    {
    }

    /// <summary>The column that makes a row an administrator or a group (<c>columns.class</c>). Whoever may write it makes administrators.</summary>
    /// <param name="column">The column.</param>
    [Setting("columns.class", Value = "{column}")]
    public SqlDirectoryBuilder WithClassColumn(string column) => Write("columns.class", column);

    /// <summary>The column with the password hash (<c>columns.secret</c>).</summary>
    /// <param name="column">The column.</param>
    [Setting("columns.secret", Value = "{column}")]
    public SqlDirectoryBuilder WithSecretColumn(string column) => Write("columns.secret", column);
}
