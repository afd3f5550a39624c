//! Claims as Parquet: one column for each of the table, numbers exact, moments in UTC.

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;
use servanda_render::CLAIM_COLUMNS;
use servanda_render::table::{Column, Field, Sort};

use crate::commands::export_table::Claims;
use crate::error::{CommandError, ErrorKind};

/// So many claims are held at once.
const ROWS_PER_GROUP: usize = 50_000;

/// Writes the table; answers how many rows it has.
pub(super) fn write(claims: &Claims<'_>, out: &mut (impl Write + Send)) -> Result<usize, CommandError> {
    // Nothing in the properties depends on the machine or the day, so the same claims give the same bytes.
    let properties = WriterProperties::builder()
        .set_compression(Compression::UNCOMPRESSED)
        .set_created_by("servanda".to_owned())
        .build();
    let schema = Arc::new(schema().map_err(failed)?);
    let mut file = SerializedFileWriter::new(out, schema, Arc::new(properties)).map_err(failed)?;
    let mut group = Group::default();
    let n_rows = claims.each(|entry| {
        group.push(&entry.fields());
        if group.n_rows == ROWS_PER_GROUP {
            group.write(&mut file).map_err(failed)?;
        }
        Ok(())
    })?;
    if group.n_rows > 0 {
        group.write(&mut file).map_err(failed)?;
    }
    file.close().map_err(failed)?;
    Ok(n_rows)
}

fn failed(error: ParquetError) -> CommandError {
    CommandError::new(ErrorKind::File, format!("the table cannot be written: {error}"))
}

fn schema() -> Result<Type, ParquetError> {
    let fields: Result<Vec<_>, ParquetError> =
        CLAIM_COLUMNS.iter().map(|column| field(column).map(Arc::new)).collect();
    Type::group_type_builder("claims").with_fields(fields?).build()
}

fn field(column: &Column) -> Result<Type, ParquetError> {
    let of =
        |physical| Type::primitive_type_builder(column.name, physical).with_repetition(Repetition::OPTIONAL);
    match column.sort {
        Sort::Text => of(Physical::BYTE_ARRAY).with_logical_type(Some(LogicalType::String)).build(),
        Sort::Number => of(Physical::INT64)
            .with_converted_type(ConvertedType::DECIMAL)
            .with_precision(18)
            .with_scale(3)
            .build(),
        Sort::Whole => of(Physical::INT64).build(),
        Sort::Degrees => of(Physical::DOUBLE).build(),
        Sort::Moment => of(Physical::INT64)
            .with_logical_type(Some(LogicalType::timestamp(true, TimeUnit::MILLIS)))
            .build(),
        Sort::Flag => of(Physical::BOOLEAN).build(),
    }
}

/// Values of one column, and for each row whether it has one.
#[derive(Default)]
struct Values {
    stated: Vec<i16>,
    texts: Vec<ByteArray>,
    wholes: Vec<i64>,
    doubles: Vec<f64>,
    flags: Vec<bool>,
}

#[derive(Default)]
struct Group {
    columns: Vec<Values>,
    n_rows: usize,
}

impl Group {
    fn push(&mut self, fields: &[Field<'_>]) {
        self.columns.resize_with(fields.len(), Values::default);
        for (values, field) in self.columns.iter_mut().zip(fields) {
            values.stated.push(i16::from(*field != Field::Empty));
            match field {
                Field::Empty => {}
                Field::Text(text) => values.texts.push(ByteArray::from(text.as_bytes().to_vec())),
                Field::Number(number) => values.wholes.push(number.thousandths()),
                Field::Whole(n) => values.wholes.push(*n),
                Field::Degrees(e6) => values.doubles.push(f64::from(*e6) / 1e6),
                Field::Moment(at) => values.wholes.push(at.ms()),
                Field::Flag(flag) => values.flags.push(*flag),
            }
        }
        self.n_rows += 1;
    }

    fn write<W: Write + Send>(&mut self, file: &mut SerializedFileWriter<W>) -> Result<(), ParquetError> {
        let mut group = file.next_row_group()?;
        for (values, column) in std::mem::take(&mut self.columns).iter().zip(CLAIM_COLUMNS) {
            let Some(mut writer) = group.next_column()? else { break };
            values.write(column.sort, &mut writer)?;
            writer.close()?;
        }
        group.close()?;
        self.n_rows = 0;
        Ok(())
    }
}

impl Values {
    fn write(&self, sort: Sort, writer: &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        let stated = Some(&self.stated[..]);
        match sort {
            Sort::Text => writer.typed::<ByteArrayType>().write_batch(&self.texts, stated, None)?,
            Sort::Number | Sort::Whole | Sort::Moment => {
                writer.typed::<Int64Type>().write_batch(&self.wholes, stated, None)?
            }
            Sort::Degrees => writer.typed::<DoubleType>().write_batch(&self.doubles, stated, None)?,
            Sort::Flag => writer.typed::<BoolType>().write_batch(&self.flags, stated, None)?,
        };
        Ok(())
    }
}
