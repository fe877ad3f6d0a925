#include "drivers/sqlite/connections.hpp"

namespace mim::sqlite {

Reader::~Reader() {
    if (connection_ != nullptr) home_->give_back(std::move(connection_));
}

Writer::~Writer() {
    if (home_ == nullptr) return;
    transaction_.reset();  // before the next writer gets the connection
    home_->turn_.release();
}

Connection* Writer::operator->() const {
    return &home_->writer_;
}
Connection& Writer::operator*() const {
    return home_->writer_;
}
Done Writer::commit() {
    return transaction_->commit();
}

Connections::Connections(PoolOptions options, Connection writer)
    : options_(std::move(options)), writer_(std::move(writer)) {}

Result<std::unique_ptr<Connections>> Connections::open(PoolOptions options) {
    MIM_TRY(writer, Connection::open(options.open, Access::read_write));
    return std::unique_ptr<Connections>(new Connections(std::move(options), std::move(writer)));
}

Result<Reader> Connections::read() {
    {
        std::unique_lock guard(mutex_);
        const bool served = given_back_.wait_for(guard, options_.open.patience, [this] {
            return !idle_.empty() || readers_ < options_.max_readers;
        });
        if (!served)
            return Error(ErrorCode::store_failed, "cannot read the data file: every connection is in use");
        if (!idle_.empty()) {
            Reader reader(*this, std::move(idle_.back()));
            idle_.pop_back();
            return reader;
        }
        ++readers_;
    }
    auto opened = Connection::open(options_.open, Access::read_only);
    if (opened) return Reader(*this, std::make_unique<Connection>(std::move(*opened)));
    {
        const std::lock_guard guard(mutex_);
        --readers_;
    }
    given_back_.notify_one();
    return std::move(opened).error();
}

void Connections::give_back(std::unique_ptr<Connection> reader) {
    {
        const std::lock_guard guard(mutex_);
        idle_.push_back(std::move(reader));
    }
    given_back_.notify_one();
}

Result<Writer> Connections::write() {
    if (!turn_.acquire(Deadline::after(options_.open.patience)))
        return Error(ErrorCode::store_failed, "cannot write the data file: too many writes are waiting");
    Writer writer(*this);  // from here on the turn is given back
    MIM_TRY(transaction, Transaction::begin(writer_, Transaction::Kind::immediate));
    writer.transaction_ = std::make_unique<Transaction>(std::move(transaction));
    return writer;
}

}  // namespace mim::sqlite
